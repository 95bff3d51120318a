import assert from 'node:assert/strict';
import type { ChangingOperation } from '../../../src/operations/operation.ts';
import { actOnWaitingJobs } from '../manual-actions.ts';
import { practiceSubscription } from '../simulator.ts';
import { startOf } from '../starts.ts';
import { type Asked, explanations } from './asked.ts';
import type { Lane } from './lane.ts';
import { agree, askFor, type Manner, until, words } from './talk.ts';

/** One operation in one lane. */
export interface Row {
  readonly operation: ChangingOperation;
  readonly asked: Asked;
  /** Roles that any row of the table needs: the product remembers for a minute what a person may, so that they are held from the beginning. */
  readonly roles: readonly string[];
}

type Case = (lane: Lane, row: Row) => Promise<void>;

const inPerson: Manner = { where: 'personal', by: 'typing' };
const inGroup: Manner = { where: 'group', by: 'card' };
const inChannel: Manner = { where: 'channel', by: 'typing' };
const over = /^. (Done|Failed|Cancelled|Needs a person|Expired|Out of date|Rejected)/m;

/** What every changing operation is put through, by what is to be seen. */
export const cases: Readonly<Record<string, Case>> = {
  'is refused to a person without the right, with its name and where it is needed': async (lane, row) => {
    const card = await askFor(lane, row.asked, { ...inChannel, as: 'tom-reed' });
    const shown = words(lane, card, 'tom-reed');
    assert.ok(
      row.operation.actions.some((action) => shown.toLowerCase().includes(action.toLowerCase())),
      shown,
    );
    assert.match(shown, /needed at \/subscriptions\//i);
    assert.equal(await submissions(lane, row), 0);
  },

  'tells Azure’s 403 with the action, the scope and the role, and is not sent again': async (lane, row) => {
    const message = `The client 'b' does not have authorization to perform action '${row.operation.actions[0]}' over scope '/subscriptions/${practiceSubscription}' or the scope is invalid.`;
    const shown = await refusedBy(lane, row, { status: 403, code: 'AuthorizationFailed', message, manner: inGroup });
    assert.match(
      shown,
      row.asked.told?.forbidden ?? /lacks Microsoft\.[^ ]+ at \/subscriptions\/[\s\S]*The role .+ has it/i,
    );
  },

  'tells Azure’s 409 with the next step, and is not sent again': async (lane, row) => {
    const message = 'Another operation is in progress.';
    const refusal = { status: 409, code: 'ConflictOfTomorrow', message, manner: inChannel };
    assert.match(await refusedBy(lane, row, refusal), row.asked.told?.conflict ?? /ask again/i);
  },

  'waits as long as Azure’s 429 says, tells it, is taken once, and ends well: alone, in words': async (lane, row) => {
    await faultAt(lane, row, { status: 429, code: 'TooManyRequests', message: 'Slow down.' });
    const card = await askFor(lane, row.asked, inPerson);
    await agree(lane, card, inPerson);
    await until(lane, card, (text) => /takes no more requests/.test(text) || over.test(text));
    assert.match(words(lane, card), /takes no more requests/);
    await lane.simulator.control.clearFaults();
    await endsWell(lane, row, card);
    const [first = 0, second = 0] = (await sent(lane, row)).map(({ at }) => at);
    assert.ok(second - first >= 1000, `${second - first} ms are less than Azure’s Retry-After`);
  },

  'tells why its job failed, with Azure’s code and correlation id': async (lane, row) => {
    await failJob(lane, row);
    const card = await askFor(lane, row.asked, inGroup);
    await agree(lane, card, inGroup);
    const shown = await until(lane, card, (text) => over.test(text));
    assert.match(shown, row.asked.failed ?? /^. Failed/m);
    assert.match(shown, explanationOf(row));
    assert.match(shown, /^Correlation id\n\S{8,}/im);
  },

  'ends well in the group, by card': async (lane, row) => {
    const card = await askFor(lane, row.asked, inGroup);
    await agree(lane, card, inGroup);
    await endsWell(lane, row, card);
  },

  'ends well in a channel, in words': async (lane, row) => {
    const card = await askFor(lane, row.asked, inChannel);
    await agree(lane, card, inChannel);
    await endsWell(lane, row, card);
  },
};

/** Everything as it is before the operation is asked for: the estate, what has happened before, who may. */
export async function prepare(lane: Lane, { operation, asked, roles }: Row): Promise<void> {
  const { control } = lane.simulator;
  const world = lane.world();
  await control.reset();
  await world.pace(asked.pace ?? 0);
  for (const role of roles)
    for (const number of [1, 2, 3])
      await control.grant({
        objectId: `a0000000-0000-4000-8000-00000000000${number}`,
        role,
        scope: `/subscriptions/${practiceSubscription}`,
      });
  await startOf(operation, world);
  await world.pace(asked.pace ?? 0);
  await control.clearLog();
}

async function endsWell(lane: Lane, row: Row, card: Parameters<typeof until>[1]): Promise<void> {
  const { done, manual } = row.asked;
  if (manual === true) {
    await until(lane, card, (text) => /^Check the database: running$/m.test(text));
    await actOnWaitingJobs(lane.world());
  }
  assert.match(await until(lane, card, (text) => over.test(text)), done);
  const taken = (await sent(lane, row)).filter(({ status = 500 }) => status < 400).length;
  assert.equal(taken, row.asked.requests ?? 1, 'submitted exactly once');
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

async function refusedBy(lane: Lane, row: Row, refusal: Refusal & { readonly manner: Manner }): Promise<string> {
  await faultAt(lane, row, refusal);
  const card = await askFor(lane, row.asked, refusal.manner);
  await agree(lane, card, refusal.manner);
  const shown = await until(lane, card, (text) => over.test(text));
  assert.match(shown, /^. Failed/m);
  assert.match(shown, /Correlation id/i);
  assert.equal(await submissions(lane, row), row.asked.requests ?? 1);
  return shown;
}

async function faultAt({ simulator }: Lane, { asked }: Row, { status, code, message }: Refusal): Promise<void> {
  const [method, path] = asked.sends;
  await simulator.control.fault({
    method,
    path,
    status,
    body: { error: { code, message } },
    ...(status === 429 && { headers: { 'retry-after': '1' } }),
  });
}

function explanationOf({ asked: { fails } }: Row): RegExp {
  const code = typeof fails !== 'string' && 'code' in fails ? fails.code : 'UserErrorOfTomorrow';
  return explanations[code] ?? assert.fail(`say in asked.ts what the card tells of ${code}`);
}

async function failJob({ simulator }: Lane, { asked: { fails } }: Row): Promise<void> {
  if (typeof fails === 'string') throw new TypeError('its job cannot fail');
  if ('code' in fails) return await simulator.control.failJob(fails);
  await simulator.control.fault({ status: 200, ...fails });
}

async function sent({ simulator }: Lane, { asked }: Row) {
  const [method, path] = asked.sends;
  const pattern = new RegExp(path, 'i');
  const log = await simulator.control.log();
  return log.filter((one) => one.method === method && pattern.test(one.path));
}

async function submissions(lane: Lane, row: Row): Promise<number> {
  return (await sent(lane, row)).length;
}
