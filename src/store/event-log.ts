import { z } from 'zod';
import type { AuditEvent } from '../runs/audit-event.ts';
import type { Log } from './log.ts';

/** Of an event's details nothing else goes into the log: parameters, comments and Azure's words stay in the audit trail. */
const text = z.string().optional().catch(undefined);
const loggedDetails = z.object({ code: text, verb: text, correlationId: text });

/** One line for each decision, refusal and change of state that was kept; how far a job has come is none of them. */
export function logEvents(log: Log, events: readonly AuditEvent[]): void {
  for (const event of events) if (event.kind !== 'run-progressed') log.info(lineOf(event), textOf(event));
}

/** `run` is its id, as in every other line that is written while a run goes on. */
function lineOf({ kind, runId: run, code, operation, actor, from, to, details }: AuditEvent): object {
  const { code: refusal, verb, correlationId } = loggedDetails.parse(details ?? {});
  const told = { run, code, operation, actor: actor?.oid, from, to, refusal, verb, correlationId };
  return { event: kind, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) };
}

function textOf({ kind, code, from, to }: AuditEvent): string {
  const about = code === undefined ? kind : `${kind} ${code}`;
  return to === undefined ? about : `${about}: ${from ?? 'new'} → ${to}`;
}
