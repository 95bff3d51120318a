import assert from 'node:assert/strict';
import { MemoryStorage } from 'botbuilder';
import { localeFor, OwnLanguage } from '../../src/dialogs/own-language.ts';
import { startConversation } from './support/conversation.ts';

const ana = { tenantId: 'Tenant', oid: 'ANA', name: 'Ana' };

describe('a person’s own language', () => {
  it('is kept by tenant and object id, and forgotten on request', async () => {
    const own = new OwnLanguage(new MemoryStorage(), () => new Date());
    await own.keep(ana, 'it');
    assert.equal(await own.of({ tenantId: 'tenant', oid: 'ana', name: 'another name' }), 'it');
    assert.equal(await own.of({ ...ana, tenantId: 'other' }), undefined);
    await own.keep(ana, undefined);
    assert.equal(await own.of(ana), undefined);
  });

  it('that was asked for through another replica counts a minute later', async () => {
    const storage = new MemoryStorage();
    let now = new Date('2026-11-21T13:00:00Z');
    const [here, there] = [new OwnLanguage(storage, () => now), new OwnLanguage(storage, () => now)];
    assert.equal(await here.of(ana), undefined);
    await there.keep(ana, 'it');
    now = new Date('2026-11-21T13:01:00Z');
    assert.equal(await here.of(ana), 'it');
  });

  it('wins over the client’s, whose region stays where the language is the same', () => {
    assert.equal(localeFor('it', 'en-US'), 'it');
    assert.equal(localeFor('en', 'en-US'), 'en-US');
    assert.equal(localeFor(undefined, 'pt-PT'), 'pt-PT');
  });

  for (const [text, tag, answer] of [
    ['speak Italian', 'it', /ti rispondo in italiano/],
    ['fala português', 'pt-BR', /respondo a você em português/],
    ['parla inglese', 'en', /I answer you in English/],
  ] as const) {
    it(`is what they ask for, in any language: ${text}`, async () => {
      const talk = startConversation();
      const heard = await talk.say(text, { locale: 'it' });
      assert.match(talk.words(heard.screens[0], tag), answer);
      await talk.say('back up sql-prod-01', { locale: 'it', kind: 'group' });
      const { done } = await talk.say('back up sql-prod-01', { locale: 'de' });
      assert.equal(done[0]?.locale, tag, 'a run is frozen with the language of its requester');
    });
  }

  it('is theirs alone, and is told and reset by typing', async () => {
    const talk = startConversation();
    await talk.say('speak Italian');
    assert.equal((await talk.say('back up sql-prod-01', { oid: 'luca' })).done[0]?.locale, 'en');
    const told = talk.words((await talk.say('lingua')).screens[0], 'it');
    assert.match(told, /Ti rispondo in italiano/);
    assert.match(told, /digite “fala português”/, 'each language in its own words');
    await talk.say('reset language');
    assert.equal((await talk.say('back up sql-prod-01')).done[0]?.locale, 'en');
  });

  it('stays as it is for a language that nobody here speaks, or a sentence with more in it', async () => {
    const talk = startConversation();
    for (const text of ['speak klingon', "don't speak Italian", 'speak Italian and back up sql01'])
      await talk.say(text);
    assert.equal((await talk.say('back up sql-prod-01')).done[0]?.locale, 'en');
  });
});
