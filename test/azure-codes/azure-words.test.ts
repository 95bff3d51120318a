import assert from 'node:assert/strict';
import { azureWord, azureWords, knownWords, replicatedItemWords, replicationJobStates } from '../../src/azure-words.ts';
import { loadLocales } from '../../src/locales/index.ts';
import { operations } from '../../src/operations/index.ts';

describe('Azure’s words for how something stands', () => {
  it('have a text in every language, and no text is without a word', () => {
    for (const [tag, { texts }] of loadLocales()) {
      const told = [...texts.keys()].filter((id) => id.startsWith('azure-word.'));
      assert.deepEqual(told.toSorted(), knownWords.map((word) => `azure-word.${word}`).toSorted(), tag);
    }
  });

  it('are those of the lists of Site Recovery where these say them', () => {
    for (const [id, words] of [
      ['replication-job.list', replicationJobStates],
      ['replicated-item.list', replicatedItemWords],
    ] as const) {
      const { texts } = operations.find((one) => one.id === id) ?? assert.fail(id);
      for (const word of words) {
        assert.deepEqual(azureWord(word), { message: `${id}.${word}` });
        for (const [tag, { messages }] of Object.entries(texts)) assert.ok(word in messages, `${word} in ${tag}`);
      }
    }
  });

  it('are said one by one where there are several, if all of them are known', () => {
    assert.deepEqual(azureWords('Commit, ChangePit'), [
      { message: 'replicated-item.list.Commit' },
      { message: 'replicated-item.list.ChangePit' },
    ]);
    for (const words of ['sql-01, Commit', 'sql-01, sql-02', '']) assert.equal(azureWords(words), words);
  });

  it('stay as Azure wrote them where they are not known', () => {
    assert.deepEqual(azureWord('ActionRequired'), { message: 'azure-word.ActionRequired' });
    assert.deepEqual(azureWord('PowerState/deallocated'), { message: 'azure-word.deallocated' });
    for (const word of ['PowerState/unheard-of', 'HalfProtected', 'constructor', ''])
      assert.equal(azureWord(word), word);
  });
});
