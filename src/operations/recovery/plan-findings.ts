import { keyOf, nameOf } from '../../azure/arm-id.ts';
import type { PlanAction, RecoveryPlan } from '../../azure/recovery-types.ts';
import type { ReplicatedItem } from '../../azure/types.ts';
import { allOf, checked } from '../checks/check.ts';
import type { Context } from '../context.ts';
import { fact } from '../facts.ts';
import type { Fact, Finding } from '../screen.ts';
import { applicationOf } from './blast-radius.ts';
import { planFinding } from './plan-checks.ts';
import { againstTheWay, namesOf, type PlanNow } from './plan-now.ts';
import { type PlanScenario, planActions } from './plans.ts';
import { quotaFindings } from './quota-findings.ts';

/** Site Recovery calls a point too old after an hour where a policy says no threshold of its own (its error 153007). */
const usualThresholdMinutes = 60;

/** What is wrong with a plan before anybody runs it. Little of it blocks, for Azure would run it all the same. */
export async function planFindings(context: Context, now: PlanNow): Promise<readonly Finding[]> {
  const [old, left, gone, short] = await Promise.all([
    oldPoints(context, now),
    checked('Resource Graph', leftOut(context, now)),
    checked('Resource Graph', goneRunbooks(context, now)),
    quotaFindings(context, now.items),
  ]);
  return [...bothWays(now), ...ofPlan(now.plan), ...gone, ...ofItems(now.items), ...old, ...left, ...short];
}

/** A plan without any replicated VM cannot be run. */
export function noVms({ plan }: PlanNow): Finding {
  return planFinding('no-vms', { plan: plan.name });
}

/** The manual actions that will make the run wait for a person. */
export function manualFindings(now: PlanNow, scenario: PlanScenario): readonly Finding[] {
  const manual = split(now, scenario).runs.filter(({ kind }) => kind === 'manual');
  if (manual.length === 0) return [];
  return [planFinding('waits-for-person', { count: manual.length, actions: manual.map(({ name }) => name) })];
}

/** What of the plan's actions runs in this kind of failover and its direction, and what does not. */
export function actionFacts(now: PlanNow, scenario: PlanScenario): readonly Fact[] {
  const { runs, skipped } = split(now, scenario);
  const names = (actions: readonly PlanAction[]) => actions.map(({ name }) => name);
  return [
    ...(runs.length === 0 ? [] : [fact('runs-actions', names(runs))]),
    ...(skipped.length === 0 ? [] : [fact('skipped-actions', names(skipped))]),
  ];
}

function split({ plan, back }: PlanNow, scenario: PlanScenario) {
  const direction = back ? 'RecoveryToPrimary' : 'PrimaryToRecovery';
  const isMeant = ({ failoverTypes, failoverDirections }: PlanAction) =>
    failoverTypes.includes(scenario) && failoverDirections.includes(direction);
  const actions = planActions(plan);
  return { runs: actions.filter(isMeant), skipped: actions.filter((one) => !isMeant(one)) };
}

/** A plan goes one way: what it does to VMs that go the other way nobody wants to find out. */
function bothWays(now: PlanNow): readonly Finding[] {
  const others = againstTheWay(now);
  return others.length === 0 ? [] : [planFinding('both-ways', { vms: namesOf(others) })];
}

function ofPlan(plan: RecoveryPlan): readonly Finding[] {
  const boots = plan.groups.filter(({ kind }) => kind === 'Boot');
  const empty = boots.flatMap(({ itemIds }, at) =>
    itemIds.length === 0 ? [planFinding('empty-group', { group: at + 1 })] : [],
  );
  const silent = planActions(plan)
    .filter(({ failoverTypes, failoverDirections }) => failoverTypes.length === 0 || failoverDirections.length === 0)
    .map(({ name }) => planFinding('never-runs', { action: name }));
  return [...empty, ...silent];
}

function ofItems(items: readonly ReplicatedItem[]): readonly Finding[] {
  const sick = items.filter(({ replicationHealth: health }) => health !== 'Normal' && health !== 'None');
  const waiting = items.filter(({ testFailoverState }) => testFailoverState === 'WaitingForCompletion');
  return [
    ...sick.map(({ friendlyName }) => planFinding('unhealthy', { vm: friendlyName })),
    ...waiting.map(({ friendlyName }) => planFinding('test-waits', { vm: friendlyName })),
  ];
}

/** VMs of which the newest point is older than their policy allows. A policy that cannot be read is told, and nothing is guessed of its VMs. */
async function oldPoints(context: Context, { items }: PlanNow): Promise<readonly Finding[]> {
  const policies = Map.groupBy(items, ({ policyId = '' }) => keyOf(policyId));
  const looking = [...policies.values()].map((own) => {
    const { policyId } = own[0] ?? {};
    if (policyId === undefined) return Promise.resolve(olderThan(own, usualThresholdMinutes));
    const policy = context.azure.recovery.policy(policyId);
    const old = policy.then(({ rpoThresholdMinutes = usualThresholdMinutes }) => olderThan(own, rpoThresholdMinutes));
    return checked(nameOf(policyId), old);
  });
  return await allOf(looking);
}

function olderThan(items: readonly ReplicatedItem[], minutes: number): readonly Finding[] {
  const limit = 60 * minutes;
  return items.flatMap(({ friendlyName, rpoSeconds = 0 }) => {
    if (rpoSeconds <= limit) return [];
    const values = { vm: friendlyName, rpo: { seconds: rpoSeconds }, limit: { seconds: limit } };
    return [{ ...planFinding('old-point', values), varies: ['rpo'] }];
  });
}

/** VMs that a tag counts to the plan's application, in the region from which it fails over, and that are not in it. */
async function leftOut(context: Context, { items, from }: PlanNow): Promise<readonly Finding[]> {
  const { value: vms } = await context.azure.inventory.vms();
  const members = new Set(items.map(({ vmId }) => keyOf(vmId)));
  const names = new Set(
    vms.filter(({ id }) => members.has(keyOf(id))).flatMap(({ tags }) => applicationOf(tags) ?? []),
  );
  const others = vms.filter(({ id, tags, location }) => {
    const application = applicationOf(tags);
    return !members.has(keyOf(id)) && location === from && application !== undefined && names.has(application);
  });
  return others.map(({ name, tags }) => planFinding('left-out', { vm: name, app: applicationOf(tags) ?? '' }));
}

/** Runbooks that Resource Graph does not know any more: the plan's run would fail at them. */
async function goneRunbooks(context: Context, { plan }: PlanNow): Promise<readonly Finding[]> {
  const runbooks = planActions(plan).filter(({ kind, does }) => kind === 'runbook' && does !== undefined);
  if (runbooks.length === 0) return [];
  const { value } = await context.azure.inventory.runbooks();
  const ids = new Set(value.map(({ id }) => keyOf(id)));
  return runbooks
    .filter(({ does = '' }) => !ids.has(keyOf(does)))
    .map(({ name, does = '' }) => planFinding('runbook-gone', { action: name, runbook: nameOf(does) }));
}
