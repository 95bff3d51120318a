import { nameOf, sameId } from '../../azure/arm-id.ts';
import type { ArmId } from '../../azure/types.ts';
import { say } from '../../message.ts';
import type { Context } from '../context.ts';
import type { Section } from '../screen.ts';

/** Of so many runs of the company, the newest of the plan are told. */
const looked = 200;
const told = 5;

/** The last runs of a recovery plan, as a part of its answer; runs know their target by its name. */
export async function runsSection(context: Context, planId: ArmId): Promise<readonly Section[]> {
  const runs = await context.runs.recent(context.actor.tenantId, looked);
  const own = runs.filter(({ operation, target }) => operation.startsWith('plan.') && sameId(target, nameOf(planId)));
  if (own.length === 0) return [];
  const facts = own.slice(0, told).map(({ code, operation, target, state, requester, createdAt }) => ({
    label: say('run.list.line', { code, title: say(`${operation}.title`), target }),
    value: say('run.list.details', { state: say(`run.state.${state}`), who: requester.name, when: { age: createdAt } }),
  }));
  return [{ title: say('recovery-plan.show.last-runs'), tone: 'neutral', facts }];
}
