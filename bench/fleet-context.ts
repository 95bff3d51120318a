import type { Ports } from '../src/azure/ports.ts';
import type { Context } from '../src/operations/context.ts';

/** The subscription that the simulator generates estates in. */
export const benchSubscription = '0a1b2c3d-1111-4111-8111-000000000001';

/** Somebody who asks: Ana, who may read the whole generated estate. */
export function contextOf(azure: Ports): Context {
  const none = async () => [];
  return {
    azure,
    now: () => new Date(),
    actor: { tenantId: 'tenant', oid: 'a0000000-0000-4000-8000-000000000001', name: 'Ana' },
    reader: { locale: 'en', timeZone: 'UTC' },
    ownChat: async () => true,
    runs: {
      find: async () => undefined,
      byHand: async () => undefined,
      recent: none,
      awaitingApproval: none,
      leftOpen: none,
      owedReview: none,
      timeline: none,
    },
  };
}

/** How long something took. */
export interface Taken {
  readonly seconds: number;
  /** Of them, in this process, on a processor: what else the machine does changes it least. */
  readonly cpuSeconds: number;
}

/** Does it and measures it. */
export async function timed(what: () => Promise<unknown>): Promise<Taken> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await what();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 };
}
