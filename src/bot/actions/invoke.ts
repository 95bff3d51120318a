import type { Attachment } from 'botbuilder';
import { z } from 'zod';

/** Body of the HTTP 200 that answers every invoke; what became of it is in `statusCode` (Universal Actions, "Response format"). */
export interface InvokeBody {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

/** An Action.Execute or a refresh. The SDK hands on neither `trigger` nor a checked shape (teams-platform 2.1). */
export const executeSchema = z.object({
  action: z.looseObject({
    type: z.literal('Action.Execute').nullish(),
    verb: z.string().max(100),
    data: z.unknown().optional(),
  }),
  trigger: z.enum(['manual', 'automatic']).nullish(),
  /** Comes with a click that is sent again after a request to sign in. */
  authentication: z.looseObject({ token: z.string().min(1).max(20_000) }).nullish(),
});

/** A card in place of the one that was clicked, for the clicking person alone. */
export function cardAnswer({ contentType, content }: Attachment): InvokeBody {
  return { statusCode: 200, type: contentType, value: content };
}

/** A short text over the card, which stays. */
export function toastAnswer(text: string): InvokeBody {
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text };
}

/** Teams says in its own words that it did not work; the message is for logs. */
export function errorAnswer(statusCode: 400 | 500, code: string, message: string): InvokeBody {
  return { statusCode, type: 'application/vnd.microsoft.error', value: { code, message } };
}
