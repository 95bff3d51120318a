import assert from 'node:assert/strict';
import MarkdownIt from 'markdown-it';
import { createDrawing } from '../../src/bot/cards/drawing.ts';
import { NameIndex } from '../../src/language/names.ts';
import { createSpeech } from '../../src/language/speak.ts';
import { operations } from '../../src/operations/index.ts';
import type { Screen } from '../../src/operations/screen.ts';
import { named } from '../language/estate.ts';
import { startConversation } from './support/conversation.ts';

const drawing = createDrawing({ speech: createSpeech(operations), now: () => new Date('2026-11-21T13:02:00Z') });
const markdown = new MarkdownIt();

const expression = '$' + '{1+1}';
const hostile = [
  `sql-evil-${expression}`,
  'sql-evil-**bold**',
  'sql-evil-[here](https://evil.example)',
  'sql-evil-<at>Ana</at>',
  'sql-evil-\u202e01',
  'sql-evil-_x_`y`',
];

/** Every text of a card, as a client would write it. */
function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'text' in value && typeof value.text === 'string' ? [value.text] : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

function cardOf(screen: Screen | undefined): string {
  assert.ok(screen);
  const content: unknown = drawing.screen(screen, { locale: 'en', timeZone: 'UTC' }).content;
  for (const text of textsOf(content)) assert.doesNotMatch(markdown.render(text), /<strong>|<em>|<a |<code>/, text);
  const json = JSON.stringify(content);
  assert.ok(!json.includes('$' + '{'), 'an expression is left');
  assert.ok(Buffer.byteLength(json) < 28 * 1024, `${json.length} characters`);
  assert.doesNotMatch(json.replace(/\\u003c/g, '<'), /<at>/);
  return json;
}

describe('names that would do harm', () => {
  it('are offered as text', async () => {
    const names = new NameIndex(hostile.map((name) => named(name, 'rg-<at>Ana</at>')));
    const { screens, done } = await startConversation({ names }).say('back up sql-evil');
    assert.deepEqual(done, []);
    assert.match(cardOf(screens[0]), /sql-evil/);
  });

  for (const name of [...hostile, 'x'.repeat(10_000), '$'.repeat(10_000), '**'.repeat(5000)]) {
    it(`are only text when they are said: ${name.slice(0, 30)}`, async () => {
      const talk = startConversation();
      for (const text of [`back up ${name}`, `back up "${name}"`, `help ${name}`, `same for ${name}`, name]) {
        const { screens, done } = await talk.say(text);
        assert.deepEqual(done, [], text.slice(0, 60));
        cardOf(screens[0]);
        await talk.say('cancel');
      }
    });
  }
});
