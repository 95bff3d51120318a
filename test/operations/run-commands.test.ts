import assert from 'node:assert/strict';
import type { HandedOver } from '../../src/operations/context.ts';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import { runCommands } from '../../src/operations/status/run-commands.ts';
import { stubContext } from '../support/stub-azure.ts';

const run: RunSummary = {
  code: '4F7K',
  operation: 'backup.start',
  state: 'approved',
  target: 'sql-01',
  requester: { oid: 'oid-ana', name: 'Ana' },
  approvals: [],
  approvalsNeeded: 0,
  createdAt: '2026-03-02T08:00:00.000Z',
};

async function answered(found: HandedOver | undefined) {
  return await runCommands.answer(stubContext({}, { byHand: async () => found }), { run: '4f7k' });
}

describe('run.commands', () => {
  it('shows the commands as they are typed', async () => {
    const { copied } = await answered({ run, commands: ["az snapshot delete --ids 'x'"] });
    assert.deepEqual(copied, ["az snapshot delete --ids 'x'"]);
  });

  it('says that the bot sends nothing any more of a run that was taken over', async () => {
    const { lead } = await answered({ run, commands: ['az'], takenOver: true });
    assert.deepEqual(lead, { message: 'run.commands.lead-taken-over', values: { code: '4F7K' } });
  });

  for (const refused of ['not-approved', 'not-involved', 'none', 'being-sent'] as const) {
    it(`says why it shows none: ${refused}`, async () => {
      const { title, copied } = await answered({ run, refused });
      assert.deepEqual(title, { message: `run.commands.${refused}`, values: { code: '4F7K' } });
      assert.equal(copied, undefined);
    });
  }

  it('knows no run of another tenant', async () => {
    await assert.rejects(answered(undefined), { code: 'run-not-found' });
  });
});
