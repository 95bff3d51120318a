import type { AddressInfo } from 'node:net';
import type { Control } from './control.ts';
import { Engine } from './engine.ts';
import { estateOf, type SeedOptions } from './estates/index.ts';
import { Faults } from './faults.ts';
import { RequestLog } from './log.ts';
import { createArmServer } from './server.ts';
import { createState, type State } from './state.ts';
import { readState } from './state-file.ts';

export type { LogEntry } from './log.ts';
export type { State } from './state.ts';

/** How a simulator is started; every field has a default. */
export interface SimulatorOptions {
  /** 127.0.0.1 by default: nothing outside the machine can reach it. */
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** `practice` (default), `fleet`, `empty`, or `generated` with `vaults`, `vms` and `jobs`. */
  estate?: string;
  vaults?: number;
  vms?: number;
  jobs?: number;
  /** Where the state is kept; read at start if it exists, written before any change is answered. */
  stateFile?: string;
  /** `manual` stands still until moved through `/_simulator/clock`. */
  clock?: 'real' | 'manual';
  strictAuthorization?: boolean;
  throttling?: boolean;
  /** Scale of durations: 1 is Azure's own (a backup takes 40 minutes), practice uses about 0.01. */
  pace?: number;
}

/** A simulator that listens. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a simulated Azure Resource Manager; resolves once it listens, rejects where it cannot. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed: SeedOptions = {
    estate: options.estate ?? 'practice',
    vaults: options.vaults ?? 10,
    vms: options.vms ?? 100,
    jobs: options.jobs ?? 1000,
  };
  const engine = new Engine(stateOf(options, seed), options.stateFile);
  engine.changed();
  const control: Control = { engine, faults: new Faults(), log: new RequestLog(), seed };
  const server = createArmServer({ engine, control, faults: control.faults, log: control.log });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}:${port}`, port, close };
}

function stateOf(options: SimulatorOptions, seed: SeedOptions): State {
  const kept = options.stateFile === undefined ? undefined : readState(options.stateFile);
  if (kept !== undefined) return kept;
  const settings = {
    strictAuthorization: options.strictAuthorization ?? false,
    throttling: options.throttling ?? false,
    pace: options.pace ?? 1,
    graphLag: 0,
  };
  const tenant = '7e4a4700-0000-4000-8000-000000000001';
  const empty = createState({ real: Date.now(), clock: options.clock ?? 'real', settings, tenant });
  return estateOf(seed, empty);
}
