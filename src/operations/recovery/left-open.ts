import type { ArmId, ReplicatedItem } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import type { LeftOpen, StillOpen } from '../left-open.ts';
import type { Suggestion } from '../screen.ts';
import { planNow } from './plan-now.ts';
import { replicaOf } from './replica.ts';
import { nextSteps, verbText } from './replication-words.ts';

/** What Azure says that it accepts now, of a VM or of a plan. */
interface Accepting {
  readonly name: string;
  readonly region: string;
  readonly allowed: readonly string[];
  /** Azure is working on it: what it accepts now says nothing about what is left open. */
  readonly busy: boolean;
}

/** Nothing commits by itself: reminded soon, then every four hours, at night as well. */
const untilCommitted = {
  kind: 'failover',
  remindAfterMinutes: [15, 45],
  thenEveryMinutes: 240,
  waitsForMorning: false,
} as const;

/** A test VM costs money and hides the next drill, and can wait for the morning. */
const untilCleanedUp = {
  kind: 'test-failover',
  remindAfterMinutes: [120],
  thenEveryMinutes: 1440,
  waitsForMorning: true,
} as const;

/** A VM that fails with its region: it runs, and nobody is cut off meanwhile. */
const untilReprotected = {
  kind: 'unreplicated',
  remindAfterMinutes: [60],
  thenEveryMinutes: 1440,
  waitsForMorning: true,
} as const;

/** A failover of a VM that nobody has committed. */
export const uncommitted: LeftOpen<{ readonly vm: ArmId }> = {
  ...untilCommitted,
  stillOpen: async (context, { vm }) =>
    openWhile('Commit', await acceptingVm(context, vm), vmSteps(vm, ['Commit', 'ChangePit'])),
};

/** A VM that was committed and is replicated nowhere. */
export const unreplicated: LeftOpen<{ readonly vm: ArmId }> = {
  ...untilReprotected,
  stillOpen: async (context, { vm }) =>
    openWhile('SwitchProtection', await acceptingVm(context, vm), vmSteps(vm, ['SwitchProtection'])),
};

/** A plan of which VMs were committed and are replicated nowhere: Azure says so of each VM, and not of the plan. */
export const planUnreplicated: LeftOpen<{ readonly plan: ArmId }> = {
  ...untilReprotected,
  stillOpen: async (context, { plan }) =>
    openWhile(
      'SwitchProtection',
      await acceptingAny(context, plan),
      planSteps(plan, 'SwitchProtection', 'plan.reprotect'),
    ),
};

/** A test VM that nobody has cleaned up. */
export const testVmLeft: LeftOpen<{ readonly vm: ArmId }> = {
  ...untilCleanedUp,
  stillOpen: async (context, { vm }) =>
    openWhile('TestFailoverCleanup', await acceptingVm(context, vm), vmSteps(vm, ['TestFailoverCleanup'])),
};

/** A plan that was failed over and not committed. */
export const planUncommitted: LeftOpen<{ readonly plan: ArmId }> = {
  ...untilCommitted,
  stillOpen: async (context, { plan }) =>
    openWhile('Commit', await acceptingPlan(context, plan), planSteps(plan, 'Commit', 'plan.commit')),
};

/** The test VMs of a plan. */
export const planTestLeft: LeftOpen<{ readonly plan: ArmId }> = {
  ...untilCleanedUp,
  stillOpen: async (context, { plan }) =>
    openWhile(
      'TestFailoverCleanup',
      await acceptingPlan(context, plan),
      planSteps(plan, 'TestFailoverCleanup', 'plan.test-cleanup'),
    ),
};

const sentences = {
  Commit: 'reminder.uncommitted',
  TestFailoverCleanup: 'reminder.test-left',
  SwitchProtection: 'reminder.unreplicated',
} as const;

function openWhile(
  verb: keyof typeof sentences,
  seen: Accepting | undefined,
  suggestions: readonly Suggestion[],
): StillOpen {
  if (seen === undefined) return { open: false };
  if (!seen.allowed.includes(verb)) return { open: seen.busy ? 'busy' : false };
  const values = { name: seen.name, region: seen.region };
  return { open: true, sentence: say(sentences[verb], values), suggestions };
}

function vmSteps(vmId: ArmId, allowedOperations: readonly string[]): readonly Suggestion[] {
  return nextSteps({ vmId, allowedOperations });
}

function planSteps(plan: ArmId, verb: string, operation: string): readonly Suggestion[] {
  return [
    { title: verbText(verb), wish: { operation, parameters: { plan } } },
    { title: say('recovery-plan.show.title'), wish: { operation: 'recovery-plan.show', parameters: { plan } } },
  ];
}

async function acceptingVm(context: Context, vm: ArmId): Promise<Accepting | undefined> {
  return await unlessGone(async () => {
    const item = await replicaOf(context, vm);
    const { friendlyName: name, recoveryRegion: region, allowedOperations: allowed } = item;
    return { name, region, allowed, busy: isBusy(item) };
  });
}

function isBusy({ protectionState, testFailoverState }: ReplicatedItem): boolean {
  return /InProgress|CommitPending/i.test(protectionState) || testFailoverState !== 'None';
}

async function acceptingPlan(context: Context, planId: ArmId): Promise<Accepting | undefined> {
  return await unlessGone(async () => {
    const plan = await context.azure.recovery.plan(planId);
    const { name, recoveryRegion: region, allowedOperations: allowed } = plan;
    return { name, region, allowed, busy: plan.running !== undefined };
  });
}

/** What any VM of the plan accepts. */
async function acceptingAny(context: Context, planId: ArmId): Promise<Accepting | undefined> {
  return await unlessGone(async () => {
    const { plan, items } = await planNow(context, planId);
    const waiting = items.find(({ allowedOperations }) => allowedOperations.includes('SwitchProtection'));
    const allowed = items.flatMap(({ allowedOperations }) => allowedOperations);
    const region = waiting?.recoveryRegion ?? plan.recoveryRegion;
    return { name: plan.name, region, allowed, busy: items.some((item) => item.allowedOperations.length === 0) };
  });
}

/** What is no longer replicated, or gone, has nothing open any more. */
async function unlessGone(read: () => Promise<Accepting>): Promise<Accepting | undefined> {
  try {
    return await read();
  } catch (error) {
    const gone = error instanceof CatalogueError && ['not-replicated', 'azure-not-found'].includes(error.code);
    if (gone) return undefined;
    throw error;
  }
}
