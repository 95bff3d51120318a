import assert from 'node:assert/strict';
import { azureWord, knownWords } from '../../src/azure-words.ts';
import { loadLocales } from '../../src/locales/index.ts';

describe('Azure’s words for how something stands', () => {
  it('have a text in every language, and no text is without a word', () => {
    for (const [tag, { texts }] of loadLocales()) {
      const told = [...texts.keys()].filter((id) => id.startsWith('azure-word.'));
      assert.deepEqual(told.toSorted(), knownWords.map((word) => `azure-word.${word}`).toSorted(), tag);
    }
  });

  it('stay as Azure wrote them where they are not known', () => {
    assert.deepEqual(azureWord('ActionRequired'), { message: 'azure-word.ActionRequired' });
    assert.deepEqual(azureWord('PowerState/deallocated'), { message: 'azure-word.deallocated' });
    for (const word of ['PowerState/unheard-of', 'HalfProtected', 'constructor', ''])
      assert.equal(azureWord(word), word);
  });
});
