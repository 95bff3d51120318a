import assert from 'node:assert/strict';
import { say } from '../../src/message.ts';
import type { RunSummary } from '../../src/operations/run-summary.ts';
import type { Run } from '../../src/runs/run.ts';
import { startConversation } from './support/conversation.ts';

const reveals = say('restore.files.reveal');
const outcome = { sentence: say('x'), facts: [], leftToDo: [], suggestions: [], reveals };
const run = (code: string, change: Partial<RunSummary> = {}): RunSummary => ({
  ...{ code, operation: 'restore.files', state: 'succeeded', target: 'sql-prod-01', createdAt: '2026-11-21T12:00:00Z' },
  ...{ requester: { oid: 'ana', name: 'Ana' }, approvals: [], approvalsNeeded: 0 },
  ...change,
});

/** A conversation about runs, of which 4F7K of Ana's has a script. */
function talking(recent: readonly RunSummary[] = [run('AAAA'), run('4F7K', { outcome })]) {
  const find = async (code: string) => {
    const found = recent.find((one) => one.code === code);
    return found && ({ ...found, targetName: found.target } as unknown as Run);
  };
  return startConversation({ recent, runs: { find } });
}

describe('the script of a file recovery, asked for by typing', () => {
  for (const [locale, text] of [
    ['en', 'show script'],
    ['en', 'show the script 4F7K'],
    ['en', 'Show the script of 4f7k.'],
    ['it', 'mostra lo script 4F7K'],
    ['pt-BR', 'mostrar o script 4F7K'],
  ] as const)
    it(`“${text}” leads to the card in the requester’s own chat (${locale})`, async () => {
      for (const kind of ['personal', 'group', 'channel'] as const) {
        const talk = talking();
        const { screens } = await talk.say(text, { locale, kind });
        assert.match(
          talk.words(screens[0], locale),
          /“(Show|Mostrar|Mostra) script”.*4F7K.*(own chat|chat pessoa|chat personale)/,
        );
      }
    });

  it('is the requester’s alone, and tells of runs that are not there or have none', async () => {
    const talk = talking();
    const toldTo = async (oid: string, text: string) => talk.words((await talk.say(text, { oid })).screens[0]);
    assert.match(await toldTo('ben', 'show script 4F7K'), /Ana/);
    assert.match(await toldTo('ben', 'show script'), /no longer holds the script/);
    assert.match(await toldTo('ana', 'show script ZZ99'), /ZZ99/);
    assert.match(await toldTo('ana', 'show script AAAA'), /no longer holds the script/);
  });
});
