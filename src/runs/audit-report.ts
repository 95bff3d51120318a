import { z } from 'zod';
import { type AuditTrail, canonical } from '../store/index.ts';
import { auditKinds } from './audit-event.ts';

const line = z.looseObject({
  kind: z.enum(auditKinds),
  at: z.iso.datetime(),
  code: z.string().optional(),
  operation: z.string().optional(),
  planHash: z.string().optional(),
  actor: z.object({ oid: z.string(), name: z.string() }).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
type Line = z.infer<typeof line>;

/**
 * One run for a reader, in Markdown: what was asked for, who agreed, what happened when, how long it took, and what is left
 * to do. It is made of the audit trail alone and is the same text every time; undefined when the trail knows no such run.
 */
export async function auditReport(trail: AuditTrail, runId: string): Promise<string | undefined> {
  const records = await trail.ofRun(runId);
  const lines = records.map((record) => line.parse(JSON.parse(record.body)));
  const [first] = lines;
  if (first === undefined) return undefined;
  const parts = [headOf(first), timelineOf(lines), approvalsOf(lines), timesOf(lines), leftOf(lines)];
  const last = records.at(-1);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\nRecords ${records[0]?.seq} to ${last?.seq}, last hash ${last?.hash}\n`;
}

function headOf({ code, operation, planHash, actor, details }: Line): string {
  const asked = `- Asked for by ${person(actor)}`;
  const plan = `- Plan ${planHash?.slice(0, 6) ?? ''}: \`${canonical(details?.parameters ?? {})}\``;
  const reason = typeof details?.reason === 'string' ? [`- Reason: ${details.reason}`] : [];
  return [`# Run ${code} · ${operation}`, '', asked, plan, ...reason].join('\n');
}

function timelineOf(lines: readonly Line[]): string {
  const rows = lines.map(({ at, kind, actor, from, to }) => {
    const move = to === undefined ? '' : ` · ${from ?? 'new'} → ${to}`;
    return `- ${at} ${kind}${actor === undefined ? '' : ` by ${person(actor)}`}${move}`;
  });
  return ['## Timeline', '', ...rows].join('\n');
}

function approvalsOf(lines: readonly Line[]): string {
  const given = lines.filter(({ kind }) => kind === 'run-approved').map(({ at, actor }) => `- ${person(actor)}, ${at}`);
  return given.length === 0 ? '' : ['## Approvals', '', ...given].join('\n');
}

/** Seconds between the moments that matter, as measured by our own clock. */
function timesOf(lines: readonly Line[]): string {
  const at = (to: string) => lines.find((one) => one.to === to)?.at;
  const spans = [
    ['Asked to approved', lines[0]?.at, at('approved')],
    ['Approved to taken by Azure', at('approved'), at('running')],
    ['Taken by Azure to the end', at('running'), lines.findLast((one) => one.to !== undefined)?.at],
  ] as const;
  const rows = spans.flatMap(([name, from, to]) =>
    from === undefined || to === undefined ? [] : [`- ${name}: ${(Date.parse(to) - Date.parse(from)) / 1000} s`],
  );
  return rows.length === 0 ? '' : ['## Times', '', ...rows].join('\n');
}

function leftOf(lines: readonly Line[]): string {
  const outcome = lines.findLast(({ details }) => details?.outcome !== undefined)?.details?.outcome;
  const left = z.object({ leftToDo: z.array(z.unknown()) }).safeParse(outcome);
  if (!left.success || left.data.leftToDo.length === 0) return '';
  return ['## Left to do', '', ...left.data.leftToDo.map((one) => `- \`${canonical(one)}\``)].join('\n');
}

function person(actor: Line['actor']): string {
  return actor === undefined ? 'Vaultkeeper' : `${actor.name} (${actor.oid})`;
}
