import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadTemplates } from '../../src/bot/cards/templates.ts';
import { galleryCards, goldenText } from './gallery/cards.ts';

const envelope = { lang: 'pt-BR', summary: 'All is well' };

/** An expression of a template. */
const bound = (name: string) => `\${${name}}`;

/** Templates of a test's own. */
function templatesOf(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), 'cards-'));
  mkdirSync(join(folder, 'parts'));
  for (const [name, json] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(json));
  return loadTemplates(pathToFileURL(`${folder}/`));
}

const cardOf = (...body: object[]) => ({ type: 'AdaptiveCard', body });

describe('a template', () => {
  it('gets what every card needs: version, language, and words for clients without cards', () => {
    const card = templatesOf({ a: cardOf({ type: 'TextBlock', text: bound('x') }) }).draw(
      'a',
      { x: 'hello' },
      envelope,
    );
    const { version, lang, fallbackText, speak, body } = card;
    assert.deepEqual(
      { version, lang, fallbackText, speak },
      { version: '1.5', lang: 'pt', fallbackText: 'All is well', speak: 'All is well' },
    );
    assert.deepEqual(body, [{ type: 'TextBlock', text: 'hello' }]);
  });

  it('may be put together from parts', () => {
    const part = { type: 'TextBlock', text: bound('x') };
    const card = templatesOf({ 'parts/line': part, a: cardOf({ part: 'line' }) }).draw('a', { x: 'y' }, envelope);
    assert.deepEqual(card.body, [{ type: 'TextBlock', text: 'y' }]);
  });

  it('is checked by its form, whatever the words: a text that came out empty is another form', () => {
    const templates = templatesOf({
      a: cardOf({ type: 'Input.Text', id: 'a', label: bound('x'), isRequired: bound('y'), errorMessage: 'z' }),
    });
    templates.draw('a', { x: 'one', y: true }, envelope);
    templates.draw('a', { x: 'another', y: true }, envelope);
    assert.throws(() => templates.draw('a', { x: '', y: true }, envelope), /not sound/);
  });

  it('gives each caller a card of its own, though it was drawn before', () => {
    const templates = templatesOf({ a: cardOf({ type: 'TextBlock', text: bound('x') }) });
    const body = () => templates.draw('a', { x: 'hello' }, envelope).body as { text: string }[];
    const [first] = [body(), body()].map(([block]) => block);
    if (first) first.text = 'changed';
    assert.deepEqual(body(), [{ type: 'TextBlock', text: 'hello' }]);
  });

  const wrong: Record<string, { body: object; why: RegExp }> = {
    'an expression without a value': { body: { type: 'TextBlock', text: bound('nothing') }, why: /without a value/ },
    'an element that schema 1.5 does not know': { body: { type: 'ProgressBar' }, why: /not sound.*ProgressBar/ },
    'an input without an id': { body: { type: 'Input.Text', label: 'x' }, why: /not sound.*Id/ },
    'a required input without an error message': {
      body: { type: 'Input.Text', id: 'a', label: 'x', isRequired: true },
      why: /not sound/,
    },
  };
  for (const [name, { body, why }] of Object.entries(wrong)) {
    it(`is refused with ${name}`, () => {
      assert.throws(() => templatesOf({ a: cardOf(body) }).draw('a', {}, envelope), why);
    });
  }

  it('is refused with a part that is not there', () => {
    assert.throws(() => templatesOf({ a: cardOf({ part: 'none' }) }), /no part "none"/);
  });
});

describe('the cards of the gallery', () => {
  const gallery = galleryCards();

  it('show every template', () => {
    const templates = loadTemplates(new URL('../../cards/', import.meta.url)).names;
    assert.deepEqual(Object.keys(gallery).toSorted(), templates.toSorted());
  });

  for (const [name, cards] of Object.entries(gallery)) {
    it(`look as they were last looked at: ${name} (npm run cards draws them anew)`, () => {
      assert.equal(goldenText(cards), readFileSync(new URL(`golden/${name}.snap`, import.meta.url), 'utf8'));
    });

    it(`keep to the rules of Teams: ${name}`, () => {
      for (const card of cards) {
        const parts = partsOf(card);
        const sets = parts.filter(({ type }) => type === 'ActionSet');
        for (const { actions } of sets) assert.ok(Array.isArray(actions) && actions.length >= 1 && actions.length <= 3);
        const executes = parts.filter(({ type }) => type === 'Action.Execute').length;
        const placed = JSON.stringify(card).match(
          /"fallback":"drop"|"selectAction":\{"type":"Action\.Execute"|"refresh":\{"action":\{"type":"Action\.Execute"/g,
        );
        assert.equal(placed?.length ?? 0, executes, 'an Action.Execute outside an ActionSet, a row or the refresh');
        assert.ok(parts.some(({ style, type }) => type === 'TextBlock' && style === 'heading'));
        assert.ok(!('actions' in (card as object)));
      }
    });

    it(`mean nothing by colour alone: ${name}`, () => {
      for (const card of cards) {
        const coloured = partsOf(card).filter(
          ({ color }) => color === 'Good' || color === 'Warning' || color === 'Attention',
        );
        for (const { text } of coloured) assert.match(String(text), /^[✔▲✖]/);
      }
    });
  }
});

/** Every object in a card, however deep. */
function partsOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(partsOf)];
}
