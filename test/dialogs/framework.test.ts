import assert from 'node:assert/strict';
import { sourcesOf } from '../support/sources.ts';

describe('the dialogs of Bot Framework', () => {
  it('are loaded without the recognizers that their index brings along', () => {
    const whole = /import(?! type)[^;]*from 'botbuilder-dialogs'|import\('botbuilder-dialogs'\)/;
    const loading = sourcesOf('src').filter(({ text }) => whole.test(text));
    assert.deepEqual(
      loading.map(({ path }) => path),
      [],
    );
  });
});
