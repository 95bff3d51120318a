import assert from 'node:assert/strict';
import { CatalogueError } from '../../src/errors.ts';
import { botAccount, messageOf, withBot } from './support/bot.ts';
import { homeTenant, memberOf, oidOf, type Sent } from './support/connector.ts';

/** Everything that a card shows, as one text. */
function shown(sent: Sent | undefined): string {
  return JSON.stringify(sent?.body.attachments?.[0]?.content ?? '');
}

describe('a message', () => {
  it('reaches the talk with the person behind it', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      const text = 'is sql-prod-01 protected?';
      assert.equal((await post(messageOf(connector, { text }))).status, 200);
      const person = { name: 'Ana Souza', kind: 'personal', locale: 'en-GB', timeZone: 'Europe/Rome' };
      assert.deepEqual(heard, [{ text, ...person }]);
    });
  });

  it('is answered at the service URL of the activity, and a card goes without text beside it', async () => {
    const onMessage = async (turn: { sendActivity(activity: object): Promise<unknown> }) => {
      const content = { type: 'AdaptiveCard', version: '1.5', fallbackText: 'All is well' };
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
      await turn.sendActivity({ type: 'message', attachments });
    };
    await withBot({ onMessage }, async ({ connector, post }) => {
      await post(messageOf(connector));
      const [sent] = connector.messages();
      assert.deepEqual([sent?.method, sent?.body.summary, sent?.body.text], ['POST', 'All is well', undefined]);
    });
  });

  const mentions: Record<string, { text: string; entities?: object[]; said: string }> = {
    'in front': { text: '<at>Vaultkeeper</at> help', said: 'help' },
    'with attributes, in capitals, twice': {
      text: '<at id="0">VAULTKEEPER</at>&nbsp;help <AT>vaultkeeper</AT>',
      said: 'help',
    },
    'by another name, as the entity says': {
      text: '<at>Keeper</at>\u00a0\u00a0help',
      entities: [{ type: 'mention', text: '<at>Keeper</at>', mentioned: { id: botAccount.id, name: 'Keeper' } }],
      said: 'help',
    },
    'beside somebody else’s': {
      text: '<at>Vaultkeeper</at> ask <at>Luca &amp; Co</at> now',
      said: 'ask Luca & Co now',
    },
    'with entities and invisible marks in the text': {
      text: 'is\u200b x&lt;y &#39;ok&#x27;&nbsp;?',
      said: "is x<y 'ok' ?",
    },
  };
  for (const [name, { text, entities = [], said }] of Object.entries(mentions)) {
    it(`is heard without the mention of the bot: ${name}`, async () => {
      await withBot({}, async ({ connector, heard, post }) => {
        await post(messageOf(connector, { text, entities }));
        assert.equal(heard[0]?.text, said);
      });
    });
  }

  it('of more than 4,000 characters is answered shortly and not read', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      await post(messageOf(connector, { text: 'a '.repeat(5000) }));
      assert.deepEqual(heard, []);
      assert.match(shown(connector.messages()[0]), /more text than I can read/);
    });
  });

  const odd = [
    '',
    '   ',
    '🙂🙂',
    '<script>alert(1)</script>',
    '\u202eevil\u202c',
    '${' + 'x}',
    '&#99999999;&#xffffff;',
    '<at>'.repeat(900),
  ];
  for (const text of odd) {
    it(`does not break the bot: ${JSON.stringify(text.slice(0, 20))}`, async () => {
      await withBot({}, async ({ connector, heard, post }) => {
        assert.equal((await post(messageOf(connector, { text }))).status, 200);
        assert.equal(heard.length, 1);
      });
    });
  }

  it('without words but with a value is an old button, and does nothing', async () => {
    await withBot({}, async ({ connector, heard, decisions, post }) => {
      await post(messageOf(connector, { text: undefined, value: { verb: 'decide', runId: 'x' } }));
      assert.deepEqual([heard, decisions], [[], []]);
      assert.match(shown(connector.messages()[0]), /not valid/);
    });
  });

  it('that is sent again does nothing the second time', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      const activity = messageOf(connector);
      assert.equal((await post(activity)).status, 200);
      assert.equal((await post(activity)).status, 200);
      assert.equal(heard.length, 1);
    });
  });

  it('waits for the one before it in its conversation, and for no other', async () => {
    const order: string[] = [];
    const gate = Promise.withResolvers<undefined>();
    const onMessage = async ({ activity }: { activity: { text: string } }) => {
      order.push(`begin ${activity.text}`);
      if (activity.text === 'first') await gate.promise;
      order.push(`end ${activity.text}`);
      if (activity.text === 'elsewhere') gate.resolve(undefined);
    };
    await withBot({ onMessage }, async ({ connector, post }) => {
      const elsewhere = { id: 'a:2', tenantId: homeTenant, conversationType: 'personal' };
      const first = post(messageOf(connector, { text: 'first' }));
      while (order.length === 0) await new Promise(setImmediate);
      const others = [
        post(messageOf(connector, { text: 'second' })),
        post(messageOf(connector, { text: 'elsewhere', conversation: elsewhere })),
      ];
      await Promise.all([first, ...others]);
      assert.deepEqual(order, [
        'begin first',
        'begin elsewhere',
        'end elsewhere',
        'end first',
        'begin second',
        'end second',
      ]);
    });
  });

  it('whose turn takes long is answered in time, and the turn goes on', async () => {
    const gate = Promise.withResolvers<undefined>();
    const done = Promise.withResolvers<string>();
    const onMessage = async () => {
      await gate.promise;
      done.resolve('went on');
    };
    await withBot({ onMessage, turnSeconds: 0.05 }, async ({ connector, post }) => {
      assert.equal((await post(messageOf(connector))).status, 200);
      gate.resolve(undefined);
      assert.equal(await done.promise, 'went on');
    });
  });
});

describe('a turn that breaks', () => {
  it('tells the person a reference and the log the rest', async () => {
    const onMessage = () => Promise.reject(new TypeError('password of the store: hunter2'));
    await withBot({ onMessage }, async ({ connector, logged, post }) => {
      assert.equal((await post(messageOf(connector))).status, 200);
      const card = shown(connector.messages()[0]);
      const fault = logged.find(({ level }) => level === 'error')?.fields as { reference: string; err: Error };
      assert.match(card, new RegExp(`"text":"${fault.reference}"`));
      assert.doesNotMatch(card, /hunter2/);
      assert.match(fault.err.message, /hunter2/);
    });
  });

  it('tells an error of the catalogue in its own words', async () => {
    const onMessage = () => Promise.reject(new CatalogueError('vm-not-found', { values: { name: 'sql-99' } }));
    await withBot({ onMessage }, async ({ connector, post }) => {
      await post(messageOf(connector));
      assert.match(shown(connector.messages()[0]), /vm-not-found|sql-99/);
    });
  });

  it('is survived when Teams takes no message either', async () => {
    const onMessage = () => Promise.reject(new TypeError('broken'));
    await withBot({ onMessage }, async ({ connector, logged, post }) => {
      connector.answers.push(500);
      assert.equal((await post(messageOf(connector))).status, 200);
      assert.equal(logged.filter(({ level }) => level === 'error').length, 2);
    });
  });
});

describe('who is heard', () => {
  it('is nobody whom the roster does not confirm', async () => {
    for (const wrong of [{ aadObjectId: oidOf('29:luca') }, { aadObjectId: null }]) {
      await withBot({}, async ({ connector, heard, post }) => {
        connector.members.set('29:ana', { ...memberOf('29:ana'), ...wrong });
        await post(messageOf(connector));
        assert.deepEqual(heard, []);
        assert.match(shown(connector.messages()[0]), /could not find out who you are/);
      });
    }
  });

  it('is nobody without an Entra object id', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      await post(messageOf(connector, { from: { id: '28:another-bot', name: 'Bot' } }));
      assert.deepEqual(heard, []);
    });
  });

  it('is asked of the roster once per person', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      for (const _turn of [1, 2, 3]) await post(messageOf(connector));
      assert.equal(heard.length, 3);
      assert.equal(connector.sent.filter(({ path }) => path.includes('/members/')).length, 1);
    });
  });

  it('reads as the client says where the message does not, and in UTC and English where nobody says', async () => {
    await withBot({}, async ({ connector, heard, post }) => {
      await post(
        messageOf(connector, {
          locale: undefined,
          entities: [{ type: 'clientInfo', locale: 'pt-BR', timezone: 'America/Sao_Paulo' }],
        }),
      );
      await post(messageOf(connector, { locale: '???', entities: [{ type: 'clientInfo', timezone: 'Middle/Earth' }] }));
      const readers = heard.map(({ locale, timeZone }) => [locale, timeZone]);
      assert.deepEqual(readers, [
        ['pt-BR', 'America/Sao_Paulo'],
        ['en', 'UTC'],
      ]);
    });
  });
});

describe('conversations', () => {
  const added = { type: 'conversationUpdate', text: undefined, membersAdded: [{ id: botAccount.id }] };

  it('are welcomed when the bot is added, once', async () => {
    await withBot({}, async ({ connector, welcomed, post }) => {
      const activity = messageOf(connector, added);
      await post(activity);
      await post(activity);
      await post(messageOf(connector, { ...added, membersAdded: [{ id: '29:luca' }] }));
      assert.deepEqual(welcomed, [oidOf('29:ana')]);
    });
  });

  it('are remembered with their kind, their newest service URL and the one person of a personal chat', async () => {
    await withBot({}, async ({ connector, conversations, post }) => {
      await post(messageOf(connector, { type: 'installationUpdate', action: 'add' }));
      const group = { id: '19:g', tenantId: homeTenant, conversationType: 'groupChat' };
      await post(messageOf(connector, { conversation: group }));
      const known = [...conversations.values()].map(({ id, kind, oid }) => [id, kind, oid]);
      assert.deepEqual(known, [
        ['a:1ana', 'personal', oidOf('29:ana')],
        ['19:g', 'group', undefined],
      ]);
      assert.match(JSON.stringify(conversations.get('19:g')?.reference), new RegExp(connector.url));
    });
  });

  it('are written down again when they come another way, and when the bot was added again', async () => {
    await withBot({}, async ({ connector, conversations, post }) => {
      await post(messageOf(connector));
      conversations.clear();
      await post(messageOf(connector, { text: 'the same way' }));
      assert.equal(conversations.size, 0, 'a moment later nothing is written');
      await post(messageOf(connector, { locale: 'it-IT' }));
      assert.equal(conversations.size, 1);
      conversations.clear();
      await post(messageOf(connector, { type: 'installationUpdate', action: 'add', locale: 'it-IT' }));
      assert.equal(conversations.size, 1);
    });
  });

  for (const type of ['messageReaction', 'typing', 'endOfConversation', 'event', 'somethingNew']) {
    it(`may send what means nothing to the bot: ${type}`, async () => {
      await withBot({}, async ({ connector, heard, post }) => {
        const answer = await post(messageOf(connector, { type, id: undefined, from: undefined, text: undefined }));
        assert.deepEqual([answer.status, heard], [200, []]);
      });
    });
  }
});
