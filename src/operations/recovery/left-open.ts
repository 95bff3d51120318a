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
export const uncommitted = ofVm(untilCommitted, 'Commit', ['ChangePit']);

/** A VM that was committed and is replicated nowhere. */
export const unreplicated = ofVm(untilReprotected, 'SwitchProtection');

/** A test VM that nobody has cleaned up. */
export const testVmLeft = ofVm(untilCleanedUp, 'TestFailoverCleanup');

/** A plan that was failed over and not committed. */
export const planUncommitted = ofPlan(untilCommitted, 'Commit', { read: acceptingPlan, operation: 'plan.commit' });

/** A plan of which VMs were committed and are replicated nowhere: Azure says so of each VM, and not of the plan. */
export const planUnreplicated = ofPlan(untilReprotected, 'SwitchProtection', {
  read: acceptingAny,
  operation: 'plan.reprotect',
});

/** The test VMs of a plan. */
export const planTestLeft = ofPlan(untilCleanedUp, 'TestFailoverCleanup', {
  read: acceptingPlan,
  operation: 'plan.test-cleanup',
});

type Times = Omit<LeftOpen, 'stillOpen'>;

/** The verb ends what is open; the others are offered with it. */
function ofVm(times: Times, verb: Verb, others: readonly string[] = []): LeftOpen<{ readonly vm: ArmId }> {
  const stillOpen = async (context: Context, { vm }: { readonly vm: ArmId }) =>
    openWhile(verb, await acceptingVm(context, vm), nextSteps({ vmId: vm, allowedOperations: [verb, ...others] }));
  return { ...times, stillOpen };
}

interface PlanEnd {
  /** What Azure accepts now of the plan. */
  readonly read: (context: Context, plan: ArmId) => Promise<Accepting | undefined>;
  /** What ends it. */
  readonly operation: string;
}

function ofPlan(times: Times, verb: Verb, { read, operation }: PlanEnd): LeftOpen<{ readonly plan: ArmId }> {
  const stillOpen = async (context: Context, { plan }: { readonly plan: ArmId }) =>
    openWhile(verb, await read(context, plan), planSteps(plan, verb, operation));
  return { ...times, stillOpen };
}

const sentences = {
  Commit: 'reminder.uncommitted',
  TestFailoverCleanup: 'reminder.test-left',
  SwitchProtection: 'reminder.unreplicated',
} as const;

type Verb = keyof typeof sentences;

function openWhile(verb: Verb, seen: Accepting | undefined, suggestions: readonly Suggestion[]): StillOpen {
  if (seen === undefined) return { open: false };
  if (!seen.allowed.includes(verb)) return { open: seen.busy ? 'busy' : false };
  const values = { name: seen.name, region: seen.region };
  return { open: true, sentence: say(sentences[verb], values), suggestions };
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
