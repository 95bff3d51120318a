import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of the bot to Teams. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly type?: string;
    readonly text?: string;
    readonly summary?: string;
    readonly attachments?: readonly { readonly content: unknown }[];
  };
}

/** A Bot Connector of Teams on a free port. */
export interface FakeConnector {
  readonly url: string;
  readonly sent: Sent[];
  /** Activities that were posted or put, without questions about members. */
  messages(): Sent[];
  /** What members are, by MRI; everybody else is at home in `homeTenant`. */
  readonly members: Map<string, object>;
  /** Answers the next calls for activities with these; `hang` never answers. */
  readonly answers: (number | 'hang')[];
  readonly retryAfter: { seconds?: number };
  close(): Promise<void>;
}

/** The tenant in which the tests' people are at home. */
export const homeTenant = '7b0c7d8e-0000-4000-8000-000000000001';

/** Starts the connector. */
export async function fakeConnector(): Promise<FakeConnector> {
  const sent: Sent[] = [];
  const members = new Map<string, object>();
  const answers: (number | 'hang')[] = [];
  const retryAfter: { seconds?: number } = {};
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const path = decodeURIComponent(request.url ?? '');
      const method = request.method ?? '';
      sent.push({ method, path, authorization: request.headers.authorization, body: body as Sent['body'] });
      const member = /\/members\/([^/?]+)/.exec(path)?.[1];
      response.setHeader('content-type', 'application/json');
      if (member !== undefined) return response.end(JSON.stringify(members.get(member) ?? memberOf(member)));
      const answer = answers.shift() ?? 201;
      if (answer === 'hang') return undefined;
      if (retryAfter.seconds !== undefined) response.setHeader('retry-after', String(retryAfter.seconds));
      response.statusCode = answer;
      return response.end(JSON.stringify(answer < 300 ? { id: `m${sent.length}` } : { error: { code: 'Fault' } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    messages: () => sent.filter(({ path, method }) => !path.includes('/members') && method !== 'GET'),
    members,
    answers,
    retryAfter,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The Entra object id that belongs to an MRI of the tests, such as `29:ana`. */
export function oidOf(mri: string): string {
  return `00000000-0000-4000-9000-${Buffer.from(mri).toString('hex').padEnd(12, '0').slice(-12)}`;
}

/** What the roster says of somebody at home. */
export function memberOf(mri: string): object {
  return {
    id: mri,
    name: mri.slice(3),
    aadObjectId: oidOf(mri),
    tenantId: homeTenant,
    userRole: 'user',
    userPrincipalName: 'x@y.example',
  };
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : (JSON.parse(text) as unknown);
}
