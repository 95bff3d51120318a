import { z } from 'zod';
import { catalogue } from '../errors.ts';
import { type Message, say, type Text } from '../message.ts';
import type { AuditRecord } from '../store/index.ts';
import { auditKinds } from './audit-event.ts';
import { runMessages } from './messages.ts';

/** What the timeline reads of an audit event; the rest is passed over. */
const told = z.object({
  kind: z.enum(auditKinds),
  at: z.string(),
  actor: z.object({ name: z.string() }).optional(),
  to: z.string().optional(),
  details: z
    .object({ code: z.string().optional(), why: z.custom<Message>(isSaid).optional().catch(undefined) })
    .optional(),
});

/** A run's life in sentences, oldest first. */
export function timelineOf(records: readonly AuditRecord[]): readonly { readonly at: string; readonly text: Text }[] {
  return records.map((record) => {
    const event = told.parse(JSON.parse(record.body));
    return { at: event.at, text: lineOf(event) };
  });
}

function lineOf(event: z.infer<typeof told>): Message {
  const by = event.actor === undefined ? {} : { by: event.actor.name };
  const state = event.to === undefined ? {} : { state: say(`${runMessages.state}.${event.to}`) };
  return say(runMessages.event[event.kind], { ...by, ...state, ...reasonOf(event) });
}

/** What was answered; events of before it was kept have its code alone. */
function reasonOf({ details }: z.infer<typeof told>): { readonly reason?: Text } {
  if (details?.why !== undefined) return { reason: details.why };
  const code = details?.code;
  if (code === undefined) return {};
  return { reason: Object.hasOwn(catalogue, code) ? say(`error.${code}`) : code };
}

function isSaid(value: unknown): boolean {
  return z.object({ message: z.string() }).safeParse(value).success;
}
