import assert from 'node:assert/strict';
import { createRecognizer } from '../../src/language/recognize.ts';
import { operations } from '../../src/operations/index.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { names } from './estate.ts';

const recognizer = createRecognizer(operations);
const changing = new Set(operations.filter(isChanging).map(({ id }) => id));

/** Language, sentence, word, and what is said beside it. */
const sentences: readonly (readonly [string, string, string, Readonly<Record<string, string>>?])[] = [
  ['en', 'watch sql-prod-01', 'watch', { vm: 'sql-prod-01' }],
  ['en', 'tell me when backups fail in rg-erp', 'watch', { group: 'rg-erp' }],
  ['en', 'Tell us when the backup of sql-prod-01 fails', 'watch', { vm: 'sql-prod-01' }],
  ['en', 'let me know if replication of erp-prod-01 turns critical', 'watch', { vm: 'erp-prod-01' }],
  ['en', 'notify me when backups fail', 'watch', { all: 'all' }],
  ['en', 'watch rg-erp', 'watch', { group: 'rg-erp' }],
  ['en', 'watch everything', 'watch', { all: 'all' }],
  ['en', 'watch run 4F7K', 'watch', { run: '4F7K' }],
  ['en', 'unwatch sql-prod-01', 'unwatch', { vm: 'sql-prod-01' }],
  ['en', 'stop watching rg-erp', 'unwatch', { group: 'rg-erp' }],
  ['en', 'unwatch everything', 'unwatch', { all: 'all' }],
  ['en', 'unsubscribe from everything', 'unwatch', { all: 'all' }],
  ['en', 'unsubscribe from rg-erp', 'unwatch', { group: 'rg-erp' }],
  ['en', 'unsubscribe from the digest', 'stop-digest', {}],
  ['en', 'stop notifications', 'unwatch', { all: 'all', ask: 'ask' }],
  ['en', 'turn off alerts', 'unwatch', { all: 'all', ask: 'ask' }],
  ['en', 'turn off all alerts please', 'unwatch', { all: 'all' }],
  ['en', 'stop alerting me', 'unwatch', { all: 'all', ask: 'ask' }],
  ['en', 'no more alerts for sql-prod-01', 'unwatch', { vm: 'sql-prod-01' }],
  ['en', 'stop telling me when backups fail in rg-erp', 'unwatch', { group: 'rg-erp' }],
  ['en', 'what am I watching?', 'watching', {}],
  ['en', 'every morning at 8 the fleet summary here', 'digest', { time: '08:00' }],
  ['en', 'send me the summary every day at 7:30', 'digest', { time: '07:30' }],
  ['en', 'post the fleet summary every evening at 6pm', 'digest', { time: '18:00' }],
  ['en', 'daily summary', 'digest', { ask: 'ask' }],
  ['en', 'stop the daily summary', 'stop-digest', {}],
  ['en', 'stop the digest', 'stop-digest', {}],
  ['en', 'stop reminding 4F7K', 'stop-reminding', { run: '4F7K' }],
  ['en', 'no more reminders', 'stop-reminding', {}],
  ['en', 'quiet hours from 22:00 to 7:00', 'quiet-hours', { from: '22:00', until: '07:00' }],
  ['en', 'quiet hours off', 'quiet-hours', { off: 'off' }],
  ['pt-BR', 'me avise quando os backups falharem no rg-erp', 'watch', { group: 'rg-erp' }],
  ['pt-BR', 'acompanhe sql-prod-01', 'watch', { vm: 'sql-prod-01' }],
  ['pt-BR', 'parar de acompanhar tudo', 'unwatch', { all: 'all' }],
  ['pt-BR', 'pare de me avisar', 'unwatch', { all: 'all', ask: 'ask' }],
  ['pt-BR', 'desligue os avisos', 'unwatch', { all: 'all', ask: 'ask' }],
  ['pt-BR', 'chega de alertas do rg-erp', 'unwatch', { group: 'rg-erp' }],
  ['pt-BR', 'pare de me avisar quando os backups falharem', 'unwatch', { all: 'all', ask: 'ask' }],
  ['pt-BR', 'o que estou acompanhando?', 'watching', {}],
  ['pt-BR', 'todo dia às 8 o resumo da frota aqui', 'digest', { time: '08:00' }],
  ['pt-BR', 'resumo diário', 'digest', { ask: 'ask' }],
  ['pt-BR', 'pare o resumo', 'stop-digest', {}],
  ['pt-BR', 'parar de lembrar 4F7K', 'stop-reminding', { run: '4F7K' }],
  ['pt-BR', 'horário de silêncio das 22h às 7h', 'quiet-hours', { from: '22:00', until: '07:00' }],
  ['pt-BR', 'horário de silêncio desligado', 'quiet-hours', { off: 'off' }],
  ['it', 'avvisami quando i backup falliscono in rg-erp', 'watch', { group: 'rg-erp' }],
  ['it', 'segui sql-prod-01', 'watch', { vm: 'sql-prod-01' }],
  ['it', 'non seguire più sql-prod-01', 'unwatch', { vm: 'sql-prod-01' }],
  ['it', 'basta avvisi', 'unwatch', { all: 'all', ask: 'ask' }],
  ['it', 'smetti di avvisarmi', 'unwatch', { all: 'all', ask: 'ask' }],
  ['it', 'disattiva tutte le notifiche', 'unwatch', { all: 'all' }],
  ['it', 'smetti di osservare tutto', 'unwatch', { all: 'all' }],
  ['it', 'cosa sto seguendo?', 'watching', {}],
  ['it', 'ogni mattina alle 8 il riepilogo della flotta qui', 'digest', { time: '08:00' }],
  ['it', 'riepilogo giornaliero', 'digest', { ask: 'ask' }],
  ['it', 'basta con il riepilogo', 'stop-digest', {}],
  ['it', 'non ricordare più 4F7K', 'stop-reminding', { run: '4F7K' }],
  ['it', 'ore di silenzio dalle 22:00 alle 7:00', 'quiet-hours', { from: '22:00', until: '07:00' }],
  ['it', 'ore di silenzio spente', 'quiet-hours', { off: 'off' }],
];

/** Near enough to be mistaken for one, and none of them. */
const others: readonly (readonly [string, string])[] = [
  ['en', 'every day at 8 back up sql-prod-01'],
  ['en', 'tell me when the failover of erp-prod-01 fails'],
  ['en', 'stop protection of sql-test-01 every morning'],
  ['en', 'tell me when backups fail in rg-erp and delete them'],
  ['en', 'do not stop reminding 4F7K'],
  ['en', 'every morning at 25 the summary'],
  ['pt-BR', 'todo dia às 8 faça backup da sql-prod-01'],
  ['it', 'ogni mattina alle 8 esegui il backup di sql-prod-01'],
];

function understand(locale: string, text: string) {
  return recognizer.understand(text, { locale, timeZone: 'UTC', now: new Date('2026-11-21T13:02:00Z'), names });
}

describe('what people want from now on', () => {
  for (const [locale, text, word, beside = {}] of sentences) {
    it(`“${text}” is ${word}`, () => {
      const { operation, parameters } = understand(locale, text);
      const said = Object.entries(parameters).map(([name, { said: as, kind, value }]) => [
        name,
        kind === 'words' ? value : as,
      ]);
      assert.deepEqual([operation, Object.fromEntries(said)], [word, beside]);
    });
  }

  for (const [locale, text] of others) {
    it(`“${text}” is neither that nor a change in Azure`, () => {
      const { operation } = understand(locale, text);
      assert.ok(!changing.has(operation ?? ''), String(operation));
      assert.ok(
        !['watch', 'unwatch', 'digest', 'stop-reminding', 'quiet-hours'].includes(operation ?? ''),
        String(operation),
      );
    });
  }
});
