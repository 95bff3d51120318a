import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { markedForeign, plainForeign, withForeign } from '../../src/bot/cards/foreign.ts';
import { createDrawing } from '../../src/bot/index.ts';
import { say, type Text } from '../../src/message.ts';
import type { Screen } from '../../src/operations/screen.ts';
import { samples } from './support/runs.ts';
import { sampleVoice } from './support/voice.ts';

const fragments = [
  '${' + 'name}',
  '$',
  '{',
  '**b**',
  '__b__',
  '_i_',
  'rg_prod_weu',
  '[a](https://evil.example)',
  '![x](y)',
  '<at>Ana</at>',
  '<b>',
  '&lt;',
  '&#35;',
  '# ',
  '- ',
  '+ ',
  '1. ',
  '2) ',
  '---',
  '===',
  '> ',
  '`code`',
  '~~s~~',
  '|',
  '\\',
  '\n',
  '\r\n',
  '\u0000',
  '\u2028',
  '\u202e',
  '\u200b',
  'שלום',
  '🙂',
  "'",
  '"',
  ' ',
  'sql-prod-01',
  'x'.repeat(700),
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const markdown = new MarkdownIt();
const joiner = /\u2060/g;

describe("somebody else's text", () => {
  it('is shown by markdown as it is, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = plainForeign(text, 600).replace(joiner, '');
        const rendered = markdown.renderInline(markedForeign(text, 600)).replace(joiner, '');
        assert.equal(rendered, markdown.utils.escapeHtml(plain));
        const block = markdown.render(markedForeign(text, 600)).replace(joiner, '');
        assert.equal(block, plain === '' ? '' : `<p>${markdown.utils.escapeHtml(plain)}</p>\n`);
      }),
      { numRuns: 2000 },
    );
  });

  it('stays copyable where nothing in it is markup', () => {
    for (const name of ['rg_prod_weu', 'sql-prod-01', 'vm.test (2)', 'DOMAIN/user', 'a@b.example', 'C#', '7.5 TB']) {
      assert.equal(markedForeign(name, 600), name);
    }
  });

  it('is one line, clipped, without tricks of direction or hidden marks', () => {
    assert.equal(plainForeign('a\n\u202eb\u200b\u0007c', 600), 'a b c');
    assert.equal(plainForeign('x'.repeat(10), 4), 'xxxx…');
    assert.equal(plainForeign('🙂🙂', 3), '🙂…');
    assert.equal(plainForeign('שלום', 600), '\u2068שלום\u2069');
  });

  it('is found among the values of a message however deep it stands', () => {
    const text: Text = say('a', {
      x: ['*', say('b', { y: '*', n: 3, t: { time: 'no time *' }, at: { time: '2026-11-21T12:00:00Z' } })],
    });
    const changed = withForeign(text, (foreign) => foreign.replace('*', '!'));
    const expected = say('a', {
      x: ['!', say('b', { y: '!', n: 3, t: 'no time !', at: { time: '2026-11-21T12:00:00Z' } })],
    });
    assert.deepEqual(changed, expected);
  });
});

describe('a card with hostile texts', () => {
  const drawing = createDrawing({ speech: sampleVoice(), now: () => new Date('2026-11-21T13:00:00Z') });
  const reader = { locale: 'en', timeZone: 'Europe/Rome' };
  const sound = (content: unknown) => {
    const json = JSON.stringify(content);
    assert.ok(Buffer.byteLength(json) <= 27 * 1024, `${Buffer.byteLength(json)} bytes`);
    assert.ok(!json.includes('${'));
    const seen = JSON.stringify(content, (key, value: unknown) => (key === 'data' ? undefined : value));
    assert.doesNotMatch(seen, /<\/?at/i);
  };

  it('is drawn, fits and holds no expression: screens', () => {
    const screen = fc.array(hostile, { minLength: 5, maxLength: 60 }).map((texts) => screensOf(texts));
    const draws = (screens: readonly Screen[]) => {
      for (const each of screens) sound(drawing.screen(each, reader).content);
    };
    fc.assert(fc.property(screen, draws), { numRuns: 60 });
  });

  it('shows fewer rows where their buttons carry much, and says how many there are more', () => {
    const opens = { operation: 'x', parameters: { list: Array.from({ length: 5 }, () => 'x'.repeat(1800)) } };
    const items = Array.from({ length: 30 }, (_, at) => ({ title: `t${at}`, tone: 'bad' as const, opens }));
    const content: unknown = drawing.screen(
      { screen: 'answer', answer: { title: 'a', tone: 'good', items } },
      reader,
    ).content;
    sound(content);
    assert.match(JSON.stringify(content), /29/);
  });

  it('is drawn, fits and holds no expression: runs', () => {
    const draws = (text: string) => {
      for (const sample of Object.values(samples)) {
        const facts = Array.from({ length: 80 }, () => ({ label: say('sample.vault'), value: text }));
        const run = {
          ...sample,
          targetName: text,
          reason: text,
          why: text,
          advice: text,
          correlationId: text,
          requester: { ...sample.requester, name: text },
          preview: { ...sample.preview, facts },
          parameters: { words: text },
        };
        sound(drawing.run(run, reader, { refusal: { why: text, advice: text } }).content);
      }
    };
    fc.assert(fc.property(hostile, draws), { numRuns: 25 });
  });
});

/** The same texts in every place of every screen. */
function screensOf(texts: readonly string[]): readonly Screen[] {
  const [title = '', lead = ''] = texts;
  const wish = { operation: 'x', parameters: { words: lead, list: texts.slice(0, 5) } };
  const suggestions = [
    { title, wish },
    { title: lead, wish },
  ];
  const facts = texts.map((value) => ({ label: say('sample.vault'), value }));
  const items = texts.map((text) => ({ title: text, tone: 'bad' as const, details: [text, lead], opens: wish }));
  const choices = texts.map((text) => ({ value: text, title: text, details: lead }));
  const sections = texts.slice(0, 9).map((text) => ({ title: text, tone: 'good' as const, lead: text, facts }));
  return [
    { screen: 'answer', answer: { title, tone: 'good', lead, sections, notes: texts, suggestions } },
    { screen: 'answer', answer: { title, tone: 'good', lead, items, notes: texts, suggestions } },
    { screen: 'question', question: { id: title, title, lead, choices, hint: lead } },
    { screen: 'notice', notice: { tone: 'bad', title, lead, facts, numbered: texts, suggestions } },
  ];
}
