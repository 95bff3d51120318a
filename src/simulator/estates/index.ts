import { readClock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import { createState, type State } from '../state.ts';
import { fleetEstate } from './fleet.ts';
import { generatedEstate } from './generated.ts';
import type { Site } from './machines.ts';
import { practiceEstate } from './practice.ts';

/** Which estate to seed; the numbers are for generated ones. */
export interface SeedOptions {
  readonly estate: string;
  readonly vaults: number;
  readonly vms: number;
  readonly jobs: number;
}

/** The subscription of the named estates. */
const subscription = '0a1b2c3d-1111-4111-8111-000000000001';

const estates: Readonly<Record<string, (site: Site, options: SeedOptions) => void>> = {
  practice: practiceEstate,
  empty: emptyEstate,
  fleet: fleetEstate,
  generated: generatedEstate,
};

/** A state with the wanted estate and the clock and settings of `before`; throws a 400 for an unknown name. */
export function estateOf(options: SeedOptions, before: State): State {
  const build = estates[options.estate];
  if (build === undefined) {
    throw new Refusal(400, 'UnknownEstate', `'${options.estate}' is not one of: ${Object.keys(estates).join(', ')}`);
  }
  const real = Date.now();
  const state = createState({ real, clock: 'real', settings: before.settings, tenant: before.tenant });
  state.clock = before.clock;
  state.estate = options.estate;
  build({ state, subscription, now: readClock(state.clock, real) }, options);
  state.pending.sort((a, b) => a.at - b.at);
  return state;
}

/** A subscription with nothing in it. */
function emptyEstate(site: Site): void {
  const { state } = site;
  state.subscriptions[site.subscription] = { id: site.subscription, name: 'Empty', tenant: state.tenant };
}
