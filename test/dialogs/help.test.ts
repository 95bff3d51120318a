import assert from 'node:assert/strict';
import { createDrawing } from '../../src/bot/cards/drawing.ts';
import { CatalogueError } from '../../src/errors.ts';
import { createSpeech } from '../../src/language/speak.ts';
import { operations } from '../../src/operations/index.ts';
import { intentions } from '../../src/operations/operation.ts';
import type { Screen } from '../../src/operations/screen.ts';
import { startConversation } from './support/conversation.ts';

const speech = createSpeech(operations);
const now = () => new Date('2026-11-21T13:02:00Z');
const drawing = createDrawing({ speech, now });

function itemsOf(screen: Screen | undefined) {
  assert.ok(screen?.screen === 'answer');
  return screen.answer.items ?? [];
}

function inWords(id: string, locale = 'en'): string {
  return speech.speakerFor({ locale, timeZone: 'UTC', now: now() })({ message: id });
}

describe('help', () => {
  it('begins with what a person has in mind, on one screen of a phone', async () => {
    const { screens } = await startConversation().say('help');
    assert.equal(itemsOf(screens[0]).length, intentions.length);
    assert.ok(screens[0]);
    const card = JSON.stringify(drawing.screen(screens[0], { locale: 'en', timeZone: 'UTC' }));
    assert.ok(card.length < 9000, `${card.length} characters`);
    assert.match(card, /Something is down/);
  });

  it('leads to every operation, by a number or by words', async () => {
    const found = new Set<string | undefined>();
    for (const [at, intention] of intentions.entries()) {
      const talk = startConversation();
      await talk.say('help');
      const byNumber = itemsOf((await talk.say(String(at + 1))).screens[0]);
      const byWords = itemsOf((await talk.say(inWords(`dialog.want-${intention}`))).screens[0]);
      assert.deepEqual(byNumber, byWords, intention);
      for (const { opens } of byNumber) found.add(opens?.operation);
    }
    assert.deepEqual(
      operations.map(({ id }) => id).filter((id) => !found.has(id)),
      [],
    );
  });

  for (const tag of speech.tags) {
    it(`is opened in ${tag} by the words that it shows`, async () => {
      for (const intention of intentions) {
        const text = inWords(`dialog.want-${intention}`, tag);
        const { screens } = await startConversation().say(text, { locale: tag });
        assert.ok(screens[0]?.screen === 'answer', text);
        assert.deepEqual(screens[0].answer.title, { message: `dialog.want-${intention}` }, text);
      }
    });
  }

  it('begins an operation by its number and asks for what is missing', async () => {
    const talk = startConversation();
    await talk.say('help something is down');
    const { screens, done } = await talk.say('1');
    assert.deepEqual(done, []);
    assert.equal(screens[0]?.screen, 'question');
  });

  it('tells of what it is asked about', async () => {
    const about = async (text: string) => itemsOf((await startConversation().say(text)).screens[0]);
    assert.match(JSON.stringify(await about('what does commit do?')), /failover\.commit/);
    assert.match(JSON.stringify(await about('help restore')), /restore\./);
    const talk = startConversation();
    assert.match(talk.words((await talk.say('help quantum')).screens[0]), /nothing about quantum/);
  });

  it('begins, right after a refusal, with what was refused and what to do next', async () => {
    const refused = new CatalogueError('no-right', {
      values: { action: 'x/backup/action', scope: '/subscriptions/s' },
    });
    const talk = startConversation({
      runs: {
        propose: async () => {
          throw refused;
        },
      },
    });
    await talk.say('back up sql-prod-01');
    const [screen] = (await talk.say('help')).screens;
    assert.match(talk.words(screen), /You were just told:.*x\/backup\/action/);
    await talk.say('is sql-prod-01 protected?');
    assert.doesNotMatch(talk.words((await talk.say('help')).screens[0]), /You were just told/);
  });

  it('suggests what to type in a person’s own chat, and only there', async () => {
    const talk = startConversation();
    const own = (await talk.say('help')).activities[0]?.suggestedActions;
    assert.deepEqual(
      own?.actions.map(({ type, value }) => [type, value as unknown]),
      [
        ['imBack', 'Something is down'],
        ['imBack', 'Before a change'],
        ['imBack', 'A drill, and after it'],
      ],
    );
    assert.equal((await talk.say('help', { kind: 'group' })).activities[0]?.suggestedActions, undefined);
  });
});

describe('a sentence that may mean several things', () => {
  it('offers them as buttons, which carry what is certain', async () => {
    const { screens } = await startConversation().say('sql-prod-01');
    assert.ok(screens[0]?.screen === 'notice');
    const [first] = screens[0].notice.suggestions ?? [];
    assert.match(JSON.stringify(first?.wish.parameters), /virtualMachines\/sql-prod-01/);
  });

  it('offers no button where only the plan was asked for', async () => {
    const { screens } = await startConversation().say('plan tset failover erp-prod-01');
    assert.ok(screens[0]?.screen === 'notice');
    assert.deepEqual(screens[0].notice.suggestions ?? [], []);
  });
});
