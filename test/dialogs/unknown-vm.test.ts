import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from '../language/estate.ts';
import { startConversation } from './support/conversation.ts';

const nobody = 'qx-nowhere-77';
const changing = operations.filter(isChanging);

/** The first phrase of each change in each language that is understood as that change of a VM which does not exist. */
function changesOfNothing() {
  const recognizer = createRecognizer(operations);
  const speaker = { timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names };
  const isOfNothing = (text: string, locale: string, id: string) => {
    const { operation, parameters, dryRun } = recognizer.understand(text, { locale, ...speaker });
    return operation === id && !dryRun && parameters.vm?.match === 'none';
  };
  return changing.flatMap(({ id, texts }) =>
    Object.entries(texts).flatMap(([locale, { phrases }]) => {
      const said = phrases.map((phrase) => phrase.replaceAll('{vm}', nobody)).filter((text) => !text.includes('{'));
      const text = said.find((one) => isOfNothing(one, locale, id));
      return text === undefined ? [] : [{ id, locale, text }];
    }),
  );
}

describe('a change of a VM that does not exist', () => {
  const cases = changesOfNothing();

  it('is understood of most operations that change a VM, in every language', () => {
    const ofVm = changing.filter(({ parameters }) => 'vm' in parameters.shape).length;
    assert.ok(cases.length > 2 * ofVm, `${cases.length} sentences for ${ofVm} operations`);
  });

  for (const { locale, text } of cases)
    it(`asks which VM is meant, and proposes nothing, whatever is agreed to: ${text}`, async () => {
      const talk = startConversation();
      const { screens, done } = await talk.say(text, { locale });
      assert.deepEqual(done, []);
      const asked = talk.words(screens[0], locale);
      assert.ok(asked.includes(nobody), asked);
      assert.match(JSON.stringify(screens[0]), /"dialog\.no-such-vm"/);
      for (const yes of ['yes', 'sim', 'sì', '1', `yes ${nobody}`])
        assert.deepEqual((await talk.say(yes, { locale })).done, [], yes);
    });
});
