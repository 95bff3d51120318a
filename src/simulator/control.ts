import { z } from 'zod';
import { moveClock, readClock } from './clock.ts';
import { setConditions } from './conditions/control.ts';
import { addDenial, addRole, defineManagementGroup, defineRole, removeRoles } from './control-roles.ts';
import type { Engine } from './engine.ts';
import { estateOf, type SeedOptions } from './estates/index.ts';
import type { Answer } from './exchange.ts';
import { type Faults, faultBody } from './faults.ts';
import type { RequestLog } from './log.ts';
import { Refusal } from './refusal.ts';
import type { State } from './state.ts';

/** What control commands act on. */
export interface Control {
  readonly engine: Engine;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** The estate that `reset` goes back to. */
  readonly seed: SeedOptions;
}

/** A control request. */
export interface ControlRequest {
  readonly method: string;
  readonly url: URL;
  readonly text: string | undefined;
}

type Command = (control: Control, body: unknown) => unknown;

/** The answer to a request under `/_simulator/`; an unknown command is a 404 that lists those that exist. */
export function controlAnswer(control: Control, request: ControlRequest): Answer {
  control.engine.tick();
  const name = `${request.method} ${request.url.pathname.replace('/_simulator/', '')}`;
  const command = commands[name];
  if (command === undefined)
    return refusal(404, 'UnknownCommand', `'${name}' is not one of: ${Object.keys(commands).join(', ')}`);
  try {
    const body: unknown = request.text === undefined || request.text === '' ? {} : JSON.parse(request.text);
    return { status: 200, body: command(control, body) };
  } catch (cause) {
    if (cause instanceof z.ZodError) return refusal(400, 'InvalidCommand', z.prettifyError(cause));
    if (cause instanceof SyntaxError) return refusal(400, 'InvalidCommand', cause.message);
    if (cause instanceof Refusal) return refusal(cause.status, cause.code, cause.message);
    throw cause;
  }
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

const commands: Readonly<Record<string, Command>> = {
  'POST reset': reset,
  'POST seed': seed,
  'GET clock': clock,
  'PUT clock': setClock,
  'POST clock/advance': advance,
  'GET faults': ({ faults }) => faults.list(),
  'POST faults': ({ faults }, body) => ({ id: faults.add(faultBody.parse(body)) }),
  'DELETE faults': ({ faults }) => {
    faults.clear();
    return {};
  },
  'POST job-failures': addJobFailure,
  'POST roles': (control, body) => changed(control, addRole(control.engine.world, body)),
  'DELETE roles': (control, body) => changed(control, removeRoles(control.engine.world, body)),
  'POST role-definitions': (control, body) => changed(control, defineRole(control.engine.world, body)),
  'POST management-groups': (control, body) => changed(control, defineManagementGroup(control.engine.world, body)),
  'POST conditions': (control, body) => changed(control, setConditions(control.engine.world, body)),
  'POST denials': (control, body) => changed(control, addDenial(control.engine.world, body)),
  'GET settings': ({ engine }) => engine.world.state.settings,
  'PUT settings': setSettings,
  'GET log': ({ log }) => log.all(),
  'DELETE log': ({ log }) => {
    log.clear();
    return {};
  },
  'GET state': ({ engine }) => engine.world.state,
};

function changed({ engine }: Control, answer: unknown): unknown {
  engine.changed();
  return answer;
}

/** Back to the estate of the start, with no faults, an empty log, and the settings of now. */
function reset(control: Control): unknown {
  control.faults.clear();
  control.log.clear();
  return reseed(control, control.seed);
}

const seedBody = z
  .object({
    estate: z.string().optional(),
    vaults: z.number().int().min(0).max(500).optional(),
    vms: z.number().int().min(0).max(100_000).optional(),
    jobs: z.number().int().min(0).max(100_000).optional(),
  })
  .strict();

function seed(control: Control, body: unknown): unknown {
  const sent = seedBody.parse(body);
  const options = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  return reseed(control, { ...control.seed, ...options });
}

function reseed({ engine }: Control, options: SeedOptions): unknown {
  const { state } = engine.world;
  const kept: Partial<State> = { clock: state.clock, settings: state.settings };
  const fresh = estateOf(options, { ...state, ...kept });
  Object.assign(state, fresh);
  engine.throttle.clear();
  engine.changed();
  return { estate: state.estate, vms: Object.keys(state.vms).length, vaults: Object.keys(state.vaults).length };
}

function clock({ engine }: Control): unknown {
  const { state } = engine.world;
  const now = readClock(state.clock, Date.now());
  return {
    now: new Date(now).toISOString(),
    factor: state.clock.factor,
    mode: state.clock.factor === 0 ? 'manual' : 'real',
  };
}

const clockBody = z
  .object({
    now: z.iso.datetime().optional(),
    factor: z.number().min(0).max(1e6).optional(),
    mode: z.enum(['real', 'manual']).optional(),
  })
  .strict();

function setClock(control: Control, body: unknown): unknown {
  const { now, factor, mode } = clockBody.parse(body);
  const speed = factor ?? (mode === undefined ? undefined : { real: 1, manual: 0 }[mode]);
  move(control, {
    ...(now === undefined ? {} : { to: Date.parse(now) }),
    ...(speed === undefined ? {} : { factor: speed }),
  });
  return clock(control);
}

function advance(control: Control, body: unknown): unknown {
  move(control, { by: z.object({ ms: z.number().min(0) }).parse(body).ms });
  return clock(control);
}

function move({ engine }: Control, how: Parameters<typeof moveClock>[2]): void {
  moveClock(engine.world.state.clock, Date.now(), how);
  engine.tick();
  engine.changed();
}

const jobFailureBody = z
  .object({
    verb: z.string().optional(),
    entity: z.string().optional(),
    code: z.string(),
    count: z.number().int().min(1).default(1),
  })
  .strict();

function addJobFailure({ engine }: Control, body: unknown): unknown {
  const { verb, entity, code, count } = jobFailureBody.parse(body);
  engine.world.state.jobFailures.push({
    code,
    count,
    ...(verb === undefined ? {} : { verb }),
    ...(entity === undefined ? {} : { entity }),
  });
  engine.changed();
  return {};
}

const settingsBody = z
  .object({
    strictAuthorization: z.boolean(),
    throttling: z.boolean(),
    pace: z.number().min(0).max(1000),
    graphLag: z.number().min(0),
  })
  .partial()
  .strict();

function setSettings({ engine }: Control, body: unknown): unknown {
  const { settings } = engine.world.state;
  Object.assign(settings, settingsBody.parse(body));
  engine.changed();
  return settings;
}
