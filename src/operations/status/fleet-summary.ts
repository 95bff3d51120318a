import { z } from 'zod';
import type { Text } from '../../message.ts';
import type { Context } from '../context.ts';
import { ageNote } from '../facts.ts';
import { own, reading } from '../operation.ts';
import { pricesOf, snapshotCost } from '../prices.ts';
import type { ListItem } from '../screen.ts';
import { type Fleet, lookAtFleet, readVm } from './fleet.ts';
import { causeText, countOf, fleetParts, toneOfPart } from './fleet-lines.ts';
import { type Scope, scopeParameters, scopeText } from './fleet-scope.ts';
import { fleetSummaryTexts as texts } from './fleet-summary-texts.ts';
import {
  drillDays,
  type FleetPart,
  rpoThresholdSeconds,
  type Troubles,
  troublesOf,
  withoutPromise,
} from './fleet-troubles.ts';

const id = 'fleet.summary';
const message = own(id);

export const fleetSummary = reading({
  id,
  area: 'status',
  risk: 'read',
  texts,
  parameters: z.object(scopeParameters),
  actions: [readVm],
  rights: async () => [],

  async answer(context, scope) {
    const fleet = await lookAtFleet(context, scope);
    const troubles = troublesOf(fleet, context.now());
    const where = scopeText(scope);
    const count = fleetParts.filter((part) => part !== 'protected' && countOf(troubles, part) > 0).length;
    const well = count === 0 && fleet.unseen.length === 0;
    return {
      title: well ? message('well', { total: fleet.vms.length }) : message('attention', { count }),
      tone: well ? 'good' : 'warning',
      ...(where !== undefined && { lead: where }),
      items: linesFor(context, { fleet, troubles, scope }),
      notes: notesOf(context, fleet, troubles),
      suggestions: [{ title: message('do-export'), wish: { operation: 'fleet.export', parameters: given(scope) } }],
    };
  },
});

/** The parameters that were said, to be passed on. */
function given(scope: Scope): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined));
}

interface Seen {
  readonly fleet: Fleet;
  readonly troubles: Troubles;
  readonly scope: Scope;
}

/** What needs attention first. Every line opens what it counts. */
function linesFor(context: Context, { fleet, troubles, scope }: Seen): readonly ListItem[] {
  const all = fleetParts.map((part) => ({ part, count: countOf(troubles, part) }));
  const [some, none] = [all.filter(({ count }) => count > 0), all.filter(({ count }) => count === 0)];
  return [...some, ...none].map(({ part, count }) => ({
    title: message(`of-${part}`, { count, total: fleet.vms.length }),
    tone: count === 0 ? (part === 'protected' ? 'neutral' : 'good') : toneOfPart[part],
    details: detailsOf(context, troubles, part),
    ...(count > 0 && { opens: { operation: 'fleet.list', parameters: { part, ...given(scope) } } }),
  }));
}

/** The most frequent causes of failures; what the expired snapshots cost. */
function detailsOf(context: Context, troubles: Troubles, part: FleetPart): readonly Text[] {
  if (part === 'failed-jobs')
    return troubles[part]
      .slice(0, 2)
      .map((cause) => message('cause', { count: cause.jobs.length, cause: causeText(cause) }));
  if (part !== 'expired' || troubles.expired.length === 0) return [];
  const cost = troubles.expired.reduce((sum, one) => sum + (snapshotCost(context, one) ?? 0), 0);
  return [message('costs', { cost })];
}

function notesOf(context: Context, fleet: Fleet, troubles: Troubles): readonly Text[] {
  const unsaid = withoutPromise(fleet);
  return [
    ageNote(fleet.aged),
    ...fleet.unseen,
    ...(unsaid > 0 ? [message('no-promise', { count: unsaid })] : []),
    ...(fleet.replicas.length > 0
      ? [message('thresholds', { rpo: { seconds: rpoThresholdSeconds }, days: drillDays })]
      : []),
    ...(troubles.expired.length > 0 ? [message('price-of', { when: pricesOf(context).asOf.slice(0, 10) })] : []),
  ];
}
