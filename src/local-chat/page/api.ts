import type {
  ConsentRequest,
  ExecuteOutcome,
  ExecuteRequest,
  OpenRequest,
  SayRequest,
  SubmitRequest,
} from '../wire.ts';

/** What the page does in a person's name. Each rejects when the server cannot be reached or refuses. */
export const api = {
  say: (request: SayRequest) => post('messages', request),
  submit: (request: SubmitRequest) => post('submit', request),
  consent: (request: ConsentRequest) => post('consent', request),
  open: (request: OpenRequest) => post('open', request),
  execute: async (request: ExecuteRequest) => (await post('execute', request)) as ExecuteOutcome,
} as const;

async function post(deed: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`/local-chat/api/${deed}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(messageIn(text) ?? `HTTP ${response.status}`);
  return text === '' ? undefined : JSON.parse(text);
}

function messageIn(text: string): string | undefined {
  try {
    return (JSON.parse(text) as { error?: { message?: string } }).error?.message;
  } catch {
    return undefined;
  }
}
