import assert from 'node:assert/strict';
import { people, practice } from '../src/practice.ts';
import { startTestSimulator } from './support/simulator.ts';

describe('practice mode', () => {
  it('knows the people, the tenant and the subscription that its simulated Azure knows', async () => {
    const simulator = await startTestSimulator();
    const state = JSON.stringify(await simulator.control.state());
    await simulator.close();
    for (const id of [practice.tenantId, practice.subscriptionId, practice.botOid]) assert.ok(state.includes(id), id);
    for (const { name, aadObjectId } of people) assert.ok(state.includes(aadObjectId), name);
  });

  it('has two who are on call, one who approves and one who may only read', () => {
    assert.deepEqual(
      people.map(({ role }) => role.split(':')[0]),
      ['On-call engineer', 'On-call engineer', 'Approver', 'Reader'],
    );
  });
});
