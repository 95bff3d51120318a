import { randomUUID } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { messageOf } from './bot.ts';
import { appId, type FakeIssuer } from './issuer.ts';

/** A request that nobody who means well sends, and the status that refuses it. */
export interface Hostile {
  readonly kind: string;
  readonly status: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A number from 0 up to `below`, from a sequence that the seed fixes. */
type Dice = (below: number) => number;
type Maker = (dice: Dice) => Omit<Hostile, 'kind' | 'status'>;

const json = { 'content-type': 'application/json' };

/** Endless hostile requests of all kinds in turn; the same seed gives the same kinds with the same sizes. Tokens are signed once: a signature costs more than all the rest. */
export function hostileRequests(issuer: FakeIssuer, connector: { readonly url: string }, seed = 1): () => Hostile {
  const dice = diceOf(seed);
  const makers = Object.entries({ ...foreign(connector, issuer), ...malformed(issuer), ...misplaced });
  let nth = 0;
  return () => {
    const [name, make] = makers[nth++ % makers.length] ?? ['', () => ({ headers: {}, body: '' })];
    return { kind: name.slice(4), status: Number(name.slice(0, 3)), ...make(dice) };
  };
}

/** Well-formed activities of people who have no business here; the name begins with the status. */
function foreign(connector: { readonly url: string }, issuer: FakeIssuer): Record<string, Maker> {
  const token = `Bearer ${issuer.token()}`;
  const evil = 'https://evil.example/';
  const forged = ['https://sts.windows.net/t1/', 'https://example.org', ''].map((iss) => ({ iss, appid: appId }));
  const tokens = [
    ...forged.map((claims) => issuer.token(claims)),
    issuer.token({ exp: 1 }),
    issuer.token({ aud: 'somebody-else' }),
    issuer.token({}, { alg: 'none' }),
    issuer.token({}, { alg: 'HS256' }),
    issuer.token({}, { kid: 'k2' }),
    issuer.token({ serviceurl: evil }),
  ].map((one) => `Bearer ${one}`);
  const says = (authorization: string, given: object) => ({
    headers: { ...json, authorization },
    body: JSON.stringify(messageOf(connector, given)),
  });
  return {
    '401 a tenant of nowhere': () => says(token, { conversation: { id: 'a:1', tenantId: randomUUID() } }),
    '401 two tenants': () => says(token, { channelData: { tenant: { id: randomUUID() } } }),
    '401 a service URL of nowhere': (dice) => says(token, { serviceUrl: `https://${dice(1e9)}.example/` }),
    '401 another channel': (dice) => says(token, { channelId: text(dice, 20) }),
    '401 a forged token': (dice) => says(tokens[dice(tokens.length)] ?? '', {}),
    '401 no token': () => says('', {}),
    '401 rubbish for a token': (dice) => says(`Bearer ${text(dice, 900)}`, {}),
    '401 a token with rubbish inside': (dice) => says(`Bearer ${[1, 2, 3].map(() => text(dice, 200)).join('.')}`, {}),
    '401 a token whose signature is cut': (dice) => says(token.slice(0, -1 - dice(200)), {}),
  };
}

function malformed(issuer: FakeIssuer): Record<string, Maker> {
  const signed = { ...json, authorization: `Bearer ${issuer.token()}` };
  const activity = JSON.stringify({ type: 'message', id: '1', text: 'x'.repeat(200) });
  return {
    '400 broken JSON': (dice) => ({ headers: signed, body: activity.slice(0, 1 + dice(activity.length - 1)) }),
    '400 bytes': (dice) => ({ headers: signed, body: Buffer.from(text(dice, 4000), 'base64') }),
    '400 deep JSON': (dice) => ({ headers: signed, body: '['.repeat(1000 + dice(50_000)) }),
    '400 no activity': (dice) => ({ headers: signed, body: JSON.stringify({ type: dice(9), [text(dice, 9)]: [{}] }) }),
    '400 an empty body': () => ({ headers: signed, body: '' }),
    '413 more than fits': (dice) => ({ headers: signed, body: `"${'x'.repeat(262_144 + dice(100_000))}"` }),
    '415 an encoding': (dice) => ({
      headers: { ...signed, 'content-encoding': ['gzip', 'br', 'deflate', 'x'][dice(4)] ?? 'gzip' },
      body: dice(2) === 0 ? text(dice, 300) : gzipSync(Buffer.alloc(20_000)),
    }),
    '415 another type': (dice) => ({
      headers: { ...signed, 'content-type': `${text(dice, 9)}/${text(dice, 9)}` },
      body: text(dice, 300),
    }),
  };
}

const misplaced: Record<string, Maker> = {
  '404 a path of nowhere': (dice) => ({ headers: json, body: '{}', path: `/${text(dice, 300)}` }),
  '405 a method of nowhere': (dice) => ({
    method: ['PUT', 'DELETE', 'PATCH'][dice(3)] ?? 'PUT',
    headers: json,
    body: '{}',
  }),
  '431 headers without end': (dice) => ({ headers: { ...json, cookie: 'x'.repeat(20_000 + dice(9000)) }, body: '{}' }),
};

/** Sends it, and gives the status of the answer. */
export function sendHostile(url: string, agent: Agent, { method = 'POST', path, headers, body }: Hostile) {
  return new Promise<number>((resolve, reject) => {
    const options = { method, agent, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } };
    const outgoing = httpRequest(`${url}${path ?? '/api/messages'}`, options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Sends that many, some at a time; what was not answered as it should be. */
export async function attack(url: string, next: () => Hostile, count: number): Promise<readonly string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const wrong: string[] = [];
  let left = count;
  const sender = async () => {
    for (; left > 0; ) {
      left--;
      const one = next();
      const status = await sendHostile(url, agent, one).catch((error: Error) => error.message);
      if (status !== one.status) wrong.push(`${one.kind}: ${status} and not ${one.status}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  agent.destroy();
  return wrong;
}

/** Letters and digits, up to so many. */
function text(dice: Dice, most: number): string {
  return Array.from({ length: 1 + dice(most) }, () => dice(36).toString(36)).join('');
}

/** mulberry32 */
function diceOf(seed: number): Dice {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
