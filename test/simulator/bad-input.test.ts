import assert from 'node:assert/strict';
import { connect } from 'node:net';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { practiceSubscription, startTestSimulator, type TestSimulator } from '../support/simulator.ts';

const group = `/subscriptions/${practiceSubscription}/resourceGroups/rg-sql`;
const version = 'api-version=2024-01-01';

describe('bad input', () => {
  let simulator: TestSimulator;
  before(async () => {
    simulator = await startTestSimulator();
  });
  after(() => simulator.close());

  async function ask(path: string, init: RequestInit = {}): Promise<{ status: number; code: string; text: string }> {
    const response = await fetch(`${simulator.url}${path}`, init);
    const text = await response.text();
    const parsed = JSON.parse(text) as { error: { code: string } };
    return { status: response.status, code: parsed.error.code, text };
  }

  const cases: [string, string, RequestInit, number, string][] = [
    ['a missing api-version', `${group}`, {}, 400, 'MissingApiVersionParameter'],
    ['an api-version that is none', `${group}?api-version=latest`, {}, 400, 'InvalidApiVersionParameter'],
    ['an unknown provider', `${group}/providers/Contoso.Things/things?${version}`, {}, 404, 'InvalidResourceNamespace'],
    ['an unknown type', `${group}/providers/Microsoft.Compute/things/x?${version}`, {}, 404, 'InvalidResourceType'],
    [
      'a wrong verb',
      `${group}/providers/Microsoft.Compute/disks?${version}`,
      { method: 'PUT' },
      405,
      'MethodNotAllowed',
    ],
    ['another subscription', `/subscriptions/0/resourceGroups/x?${version}`, {}, 404, 'SubscriptionNotFound'],
    [
      'malformed JSON',
      `${group}/providers/Microsoft.Compute/disks/d?${version}`,
      { method: 'PUT', body: '{"location": ' },
      400,
      'InvalidRequestContent',
    ],
    [
      'a missing field',
      `${group}/providers/Microsoft.Compute/disks/d?${version}`,
      { method: 'PUT', body: '{}' },
      400,
      'InvalidParameter',
    ],
    ['an unknown control command', '/_simulator/explode', { method: 'POST' }, 404, 'UnknownCommand'],
    [
      'a control command with a wrong body',
      '/_simulator/clock/advance',
      { method: 'POST', body: '{"ms":-1}' },
      400,
      'InvalidCommand',
    ],
    ['a control command that is not JSON', '/_simulator/faults', { method: 'POST', body: '{' }, 400, 'InvalidCommand'],
  ];
  for (const [title, path, init, status, code] of cases) {
    it(`is answered as ARM does: ${title}`, async () => {
      const answer = await ask(path, init);
      assert.deepEqual([answer.status, answer.code], [status, code]);
    });
  }

  it('notes unknown routes in the log', async () => {
    await ask(`${group}/providers/Contoso.Things/other?${version}`);
    const unknown = (await simulator.control.log()).filter((one) => one.unknown === true);
    assert.ok(unknown.some((one) => one.path.endsWith('Contoso.Things/other')));
  });

  it('survives a body above its limit and lines that are no HTTP', async () => {
    const big = await ask(`${group}?${version}`, { method: 'PUT', body: 'x'.repeat(5 * 2 ** 20) });
    assert.equal(big.status, 413);
    await new Promise<void>((resolve, reject) => {
      const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1', () => socket.end('garbage\r\n\r\n'));
      socket
        .on('close', () => resolve())
        .on('error', reject)
        .resume();
    });
    assert.equal((await fetch(`${simulator.url}/`)).status, 200);
  });

  it('never leads to a stack trace or a 500, whatever the path and the body', async () => {
    const part = fc.constantFrom(
      'subscriptions',
      practiceSubscription,
      'resourceGroups',
      'rg-sql',
      'providers',
      '%',
      '..',
      'Microsoft.Compute',
      'disks',
      'Microsoft.RecoveryServices',
      'vaults',
      'rsv-prod-weu',
      'backupJobs',
      '%2F',
      'a b',
    );
    const path = fc.array(part, { maxLength: 12 }).map((parts) => `/${parts.join('/')}`);
    const json = fc.json({ maxDepth: 2 });
    const method = fc.constantFrom('GET', 'PUT', 'POST', 'PATCH', 'DELETE');
    await fc.assert(
      fc.asyncProperty(path, json, method, async (where, body, verb) => {
        const response = await fetch(
          `${simulator.url}${where}?${version}`,
          verb === 'GET' ? {} : { method: verb, body },
        );
        const text = await response.text();
        assert.ok(response.status < 500 && !/at .*\.ts:\d+/.test(text), `${verb} ${where}: ${text}`);
      }),
      { numRuns: 300 },
    );
  });
});
