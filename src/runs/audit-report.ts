import { z } from 'zod';
import type { Text } from '../message.ts';
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

/** Puts a message into words, those of a moment: the end of the run, so that the report is the same text every time. */
export type SpeakAt = (text: Text, at: string) => string;

/**
 * One run for a reader, in Markdown: what was asked for, who agreed, what happened when, how long it took, how it ended, and what is
 * left to do. It is made of the audit trail alone and is the same text every time; undefined when the trail knows no such run.
 */
export async function auditReport(trail: AuditTrail, runId: string, speak: SpeakAt): Promise<string | undefined> {
  const records = await trail.ofRun(runId);
  const lines = records.map((record) => line.parse(JSON.parse(record.body)));
  const [first] = lines;
  if (first === undefined) return undefined;
  const end = lines.at(-1)?.at ?? first.at;
  const say = (text: Text) => speak(text, end);
  const parts = [headOf(first), timelineOf(lines, say), approvalsOf(lines), timesOf(lines), endOf(lines, say)];
  const last = records.at(-1);
  return `${parts.filter((part) => part !== '').join('\n\n')}\n\nRecords ${records[0]?.seq} to ${last?.seq}, last hash ${last?.hash}\n`;
}

function headOf({ code, operation, planHash, actor, details }: Line): string {
  const asked = `- Asked for by ${person(actor)}`;
  const plan = `- Plan ${planHash?.slice(0, 6) ?? ''}: \`${canonical(details?.parameters ?? {})}\``;
  const reason = typeof details?.reason === 'string' ? [`- Reason: ${details.reason}`] : [];
  return [`# Run ${code} · ${operation}`, '', asked, plan, ...reason].join('\n');
}

function timelineOf(lines: readonly Line[], say: (text: Text) => string): string {
  const rows = lines.map((one) => {
    const move = one.to === undefined ? '' : ` · ${one.from ?? 'new'} → ${one.to}`;
    return `- ${one.at} ${one.kind}${one.actor === undefined ? '' : ` by ${person(one.actor)}`}${move}${saidOf(one, say)}`;
  });
  return ['## Timeline', '', ...rows].join('\n');
}

const said = z.object({
  code: z.string().optional(),
  comment: z.string().optional(),
  reason: z.string().optional(),
  why: z.custom<Text>().optional(),
  correlationId: z.string().optional(),
});

/** Of a decision what was written with it, of a refusal its code, of an end its reason, of Azure's answer the id to ask support with. */
function saidOf({ kind, details }: Line, say: (text: Text) => string): string {
  if (kind === 'run-proposed') return '';
  const { code, comment, reason, why, correlationId } = said.safeParse(details ?? {}).data ?? {};
  const quoted = [comment, reason].filter((one) => one !== undefined).map((one) => `“${one}”`);
  const parts = [code, ...quoted, why && say(why), correlationId && `correlation id ${correlationId}`].filter(Boolean);
  return parts.length === 0 ? '' : ` · ${parts.join(' · ')}`;
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

const outcomeShape = z.object({
  sentence: z.custom<Text>().optional(),
  leftToDo: z.array(z.custom<Text>()).optional(),
});

function endOf(lines: readonly Line[], say: (text: Text) => string): string {
  const outcome = lines.findLast(({ details }) => details?.outcome !== undefined)?.details?.outcome;
  const { sentence, leftToDo = [] } = outcomeShape.safeParse(outcome).data ?? {};
  const ended = sentence === undefined ? '' : ['## Outcome', '', say(sentence)].join('\n');
  const left = leftToDo.length === 0 ? '' : ['## Left to do', '', ...leftToDo.map((one) => `- ${say(one)}`)].join('\n');
  return [ended, left].filter(Boolean).join('\n\n');
}

function person(actor: Line['actor']): string {
  return actor === undefined ? 'Vaultkeeper' : `${actor.name} (${actor.oid})`;
}
