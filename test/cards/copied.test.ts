import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxCardBytes } from '../../src/bot/cards/limits.ts';
import { createDrawing } from '../../src/bot/index.ts';
import { answerParts } from '../../src/dialogs/answer-parts.ts';
import { changingOperations } from '../../src/operations/index.ts';
import type { Answer } from '../../src/operations/screen.ts';
import { runCommands } from '../../src/operations/status/run-commands.ts';
import { aRun } from '../runs/a-run.ts';
import { otherKinds, plansNamed } from '../support/by-hand-plans.ts';
import { stubContext } from '../support/stub-azure.ts';
import { sampleVoice } from './support/voice.ts';

/** As a company names things: `vm-erp-prod-…` within the 64 to 80 characters that Azure takes. */
const long = '-erp-production-database-westeurope-cluster-node-0001-zone-3';
const { parameters, kept, previewed } = plansNamed(long);
const drawing = createDrawing({ speech: sampleVoice(), now: () => new Date('2026-11-21T13:06:00Z') });

/** The messages of an answer as cards, in the order in which they are sent. */
function cardsOf(answer: Answer, locale = 'en'): readonly unknown[] {
  return answerParts(answer).map(
    (part): unknown => drawing.screen({ screen: 'answer', answer: part }, { locale, timeZone: 'Europe/Rome' }).content,
  );
}

/** The lines that a person selects and copies, of all cards. */
function copiedFrom(cards: readonly unknown[]): readonly string[] {
  return cards.flatMap((card) => richTexts(card).map(({ inlines }) => inlines.map(({ text }) => text).join('')));
}

interface RichText {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly { readonly text: string }[];
}

function richTexts(node: unknown): readonly RichText[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'RichTextBlock' ? [node as RichText] : [];
  return [...own, ...Object.values(node).flatMap(richTexts)];
}

const byHand = [...changingOperations].map(
  ([id, operation]) =>
    [id, operation.byHand({ ...kept, parameters: { ...parameters, ...otherKinds[id] }, ...previewed[id] })] as const,
);

async function answered(commands: readonly string[]): Promise<Answer> {
  const { code, operation, state, targetName: target, requester, createdAt } = aRun({ operation: 'backup.start' });
  const run = { code, operation, state, target, requester, createdAt, approvals: [], approvalsNeeded: 0 };
  return await runCommands.answer(stubContext({}, { byHand: async () => ({ run, commands }) }), { run: code });
}

describe('lines that are copied from a card', () => {
  for (const locale of ['en', 'pt-BR', 'it'])
    for (const [id, commands] of byHand)
      it(`are the commands of ${id}, each whole, in ${locale}`, async () => {
        const cards = cardsOf(await answered(commands), locale);
        assert.deepEqual(copiedFrom(cards), commands);
      });

  it('are longer than what a card shows of a foreign text, or the above would prove nothing', () => {
    const longest = byHand.map(([, commands]) => Math.max(...commands.map(({ length }) => length)));
    assert.ok(longest.filter((length) => length > 600).length >= 10);
  });

  it('go on in further messages, each of which Teams takes; what can be done next is under the last one', () => {
    const copied = Array.from({ length: 40 }, (_, at) => `az ${at} '${'x'.repeat(2500)}'`);
    const answer: Answer = { title: 'Commands', tone: 'neutral', lead: 'For bash', copied, notes: ['the note'] };
    const cards = cardsOf(answer);
    assert.deepEqual(copiedFrom(cards), copied);
    for (const card of cards) assert.ok(Buffer.byteLength(JSON.stringify(card)) <= maxCardBytes);
    const texts = cards.map((card) => JSON.stringify(card));
    assert.deepEqual(
      texts.map((text) => [text.includes('For bash'), text.includes('the note')]),
      texts.map((_, at) => [at === 0, at === texts.length - 1]),
    );
    assert.ok(texts[1]?.includes('part 2 of 7'));
  });

  it('are what was meant to be copied, whatever stands in them', () => {
    const odd = [
      '${' + 'name}',
      '$',
      '{',
      '**b**',
      '"',
      '\\',
      '_',
      '<at>x</at>',
      '`',
      'ã',
      '🔥',
      ' ',
      'x'.repeat(7000),
    ];
    const line = fc
      .array(fc.constantFrom(...odd), { minLength: 1, maxLength: 12 })
      .map((parts) => `az ${parts.join('')}`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (copied) => {
        const cards = cardsOf({ title: 'Commands', tone: 'neutral', copied });
        assert.equal(copiedFrom(cards).join(''), copied.join(''));
        for (const card of cards) assert.ok(Buffer.byteLength(JSON.stringify(card)) <= maxCardBytes);
      }),
      { numRuns: 60 },
    );
  });

  it('hide nothing and turn nothing round', () => {
    const cards = cardsOf({ title: 'Commands', tone: 'neutral', copied: ['az \u202e x\u200b'] });
    assert.deepEqual(copiedFrom(cards), ['az  x']);
  });
});
