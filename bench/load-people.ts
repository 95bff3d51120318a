import { randomUUID } from 'node:crypto';
import { practice } from '../src/practice.ts';
import { type FakeConnector, memberOf } from '../test/bot/support/connector.ts';
import type { TestSimulator } from '../test/support/simulator.ts';

const readerRole = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';

/** Where turns go, as whom, and what came of them. */
export interface Stage {
  readonly connector: FakeConnector;
  readonly authorization: string;
  readonly url: string;
  /** How long each turn took until its request was answered. */
  readonly seconds: number[];
  /** Why turns were not taken. */
  readonly failed: string[];
}

/** Somebody of the two hundred; nobody but number 0, who asked for the runs, is in the chat that their cards go to. */
function oidOf(person: number): string {
  return `a0000000-0000-4000-8000-${String(person + 1).padStart(12, '0')}`;
}

/** Makes people known to Teams and, but for the first, readers in Azure. */
export async function invite(connector: FakeConnector, simulator: TestSimulator, people: number): Promise<void> {
  const scope = `/subscriptions/${practice.subscriptionId}`;
  for (let person = 0; person <= people; person++) {
    const [oid, mri] = [oidOf(person), `29:${oidOf(person)}`];
    connector.members.set(mri, { ...memberOf(mri), tenantId: practice.tenantId, aadObjectId: oid });
    if (person > 3) await simulator.control.grant({ objectId: oid, role: readerRole, scope });
  }
}

/** A message of somebody's in their personal chat. */
export async function turn(stage: Stage, person: number, text: string): Promise<void> {
  const body = JSON.stringify(messageOf(stage, person, text));
  const headers = { 'content-type': 'application/json', authorization: stage.authorization };
  const started = performance.now();
  const answer = await fetch(`${stage.url}/api/messages`, { method: 'POST', headers, body }).catch(whyNot);
  stage.seconds.push((performance.now() - started) / 1000);
  if (typeof answer === 'string' || !answer.ok)
    stage.failed.push(typeof answer === 'string' ? answer : `${answer.status}`);
}

/** What `fetch` says of a request that got no answer lies behind "fetch failed". */
function whyNot(error: unknown): string {
  return String(error instanceof Error ? (error.cause ?? error) : error);
}

function messageOf({ connector }: Stage, person: number, text: string) {
  const oid = oidOf(person);
  return {
    type: 'message',
    id: randomUUID(),
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: `29:${oid}`, name: `Person ${person}`, aadObjectId: oid },
    recipient: { id: practice.botId, name: practice.botName },
    conversation: { id: `a:turns-${person}`, tenantId: practice.tenantId, conversationType: 'personal' },
    channelData: { tenant: { id: practice.tenantId } },
    locale: 'en-GB',
    text,
    entities: [{ type: 'clientInfo', locale: 'en-GB', timezone: 'Europe/Rome' }],
  };
}

/** Answers to turns since the last time; typing signs and the runs' own cards do not count. */
export function answersSince({ sent }: FakeConnector): number {
  const mine = sent.filter(
    ({ path, body }) => path.includes('a:turns-') && !path.includes('a:turns-0/') && body.type === 'message',
  );
  sent.length = 0;
  return mine.length;
}
