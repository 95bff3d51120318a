import { z } from 'zod';
import { cardFindings } from '../connector/teams-rules.ts';
import type { ExecuteOutcome } from '../wire.ts';
import type { Delivered } from './delivery.ts';

const responseSchema = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown().optional() });
const errorSchema = z.object({ code: z.string().default('Error'), message: z.string().default('') });

/** What Teams says on a card when it cannot make sense of the bot's answer. */
const unreachable = 'Unable to reach app. Please try again.';

/**
 * What the client that clicked gets to see, from the bot's invoke response ("Universal Actions", response table).
 * `version` is the message's at that moment: a later change of the message takes the client's own card away.
 */
export function executeOutcome(delivered: Delivered, version: number): ExecuteOutcome {
  if (delivered.kind !== 'answered') return failed(delivered.kind, unreachable);
  if (delivered.status !== 200) return failed(`HTTP ${delivered.status}`, unreachable);
  const parsed = responseSchema.safeParse(jsonOf(delivered.body));
  if (!parsed.success) return failed('BadInvokeResponse', 'Something went wrong. Please try again.');
  return outcomeOf(parsed.data, version);
}

function outcomeOf({ statusCode, type, value }: z.output<typeof responseSchema>, version: number): ExecuteOutcome {
  if (statusCode === 200 && type === 'application/vnd.microsoft.card.adaptive') return cardOutcome(value, version);
  if (statusCode === 200 && type === 'application/vnd.microsoft.activity.message') {
    return { kind: 'message', text: String(value) };
  }
  const error = errorSchema.safeParse(value);
  if (error.success) return failed(error.data.code, error.data.message || 'Something went wrong. Please try again.');
  return failed(`${statusCode} ${type}`, 'Something went wrong. Please try again.');
}

function cardOutcome(card: unknown, version: number): ExecuteOutcome {
  const refused = cardFindings(card).find((finding) => finding.status !== undefined);
  return refused
    ? failed(refused.code, `Teams would refuse this card: ${refused.text}`)
    : { kind: 'card', card, version };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(code: string, text: string): ExecuteOutcome {
  return { kind: 'error', code, text };
}
