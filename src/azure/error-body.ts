import type { RestError } from '@azure/core-rest-pipeline';
import { z } from 'zod';

const longestMessage = 1000;
const text = z.string().min(1).optional().catch(undefined);
const detail = z.object({ code: text, message: text });
const envelope = z.object({ code: text, message: text, details: z.array(detail).optional().catch(undefined) });
const errorBody = z.union([z.object({ error: envelope }).transform(({ error }) => error), envelope]);

type Envelope = z.infer<typeof envelope>;

/**
 * Azure's code and message. The body is read again rather than taken from the SDKs, which treat it in three ways: backup and compute
 * parse it (compute and Resource Graph then keep no text), Site Recovery leaves it raw, and a body that is no JSON ends up whole in the message (azure-api.md 6), where it could hold a secret.
 */
export function azureWords(error: RestError): { readonly code: string; readonly message: string } {
  const status = error.statusCode ?? error.response?.status;
  if (status === undefined) return { code: error.code ?? 'NoAnswer', message: networkWords(error) };
  if (status < 400) return { code: 'UnreadableAnswer', message: "Azure's answer could not be read" };
  const body = parsed(error.response?.bodyAsText) ?? envelopeIn(error.details);
  const code = body?.code ?? ownCode(error) ?? `Http${status}`;
  const message = body === undefined ? wordsWithout(error) : sentence(body);
  return { code, message: message.slice(0, longestMessage) };
}

function parsed(body: string | null | undefined): Envelope | undefined {
  if (body === undefined || body === null) return undefined;
  try {
    return envelopeIn(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function envelopeIn(body: unknown): Envelope | undefined {
  const read = errorBody.safeParse(body);
  return read.success && (read.data.code ?? read.data.message) !== undefined ? read.data : undefined;
}

/** Resource Graph keeps the reason in the details and says only "provide below info when asking for support" above. */
function sentence(body: Envelope): string {
  const more = (body.details ?? [])
    .map(({ code, message }) => message ?? code ?? '')
    .filter((part, at, all) => part !== '' && part !== body.message && all.indexOf(part) === at);
  return [body.message ?? body.code ?? '', ...more].join(' ');
}

function wordsWithout(error: RestError): string {
  const known = error.response?.bodyAsText === undefined && error.code !== 'PARSE_ERROR';
  return known ? error.message : `Azure answered with status ${error.statusCode ?? 0} and no words of its own`;
}

function ownCode(error: RestError): string | undefined {
  return error.code === 'PARSE_ERROR' ? undefined : error.code;
}

function networkWords(error: RestError): string {
  return error.code === 'Timeout' ? error.message : 'No answer came from Azure';
}
