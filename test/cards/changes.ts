import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { backupChanges } from '../support/matrix/backup-changes.ts';
import { copyChanges } from '../support/matrix/copy-changes.ts';
import { startLane } from '../support/matrix/lane.ts';
import { planChanges } from '../support/matrix/plan-changes.ts';
import { recoveryChanges } from '../support/matrix/recovery-changes.ts';
import { endSharedServer } from '../support/store.ts';
import { cardsOfChange } from './gallery/every-change.ts';
import { openBrowser, picture } from './gallery/pictures.ts';

/**
 * `npm run cards:changes -- [--locale it] [--theme dark] [--width 390] [--only failover]`: asks the product, over the simulator, for every
 * operation that changes something, and draws the cards of each run, one picture an operation, into evidence/cards.
 */
const { values } = parseArgs({
  options: {
    locale: { type: 'string', default: 'en' },
    theme: { type: 'string', default: 'light' },
    width: { type: 'string', default: '390' },
    only: { type: 'string', default: '' },
  },
});
const sayings: Readonly<Record<string, string>> = {
  en: 'speak English',
  'pt-BR': 'speak Portuguese',
  it: 'speak Italian',
};
const saying = sayings[values.locale];
if (saying === undefined) throw new TypeError(`--locale is one of ${Object.keys(sayings).join(', ')}`);
const look = { theme: values.theme === 'dark' ? 'dark' : 'light', width: Number(values.width) } as const;
const folder = new URL(`../../evidence/cards/${values.locale}-${look.theme}-${look.width}/`, import.meta.url);
await mkdir(folder, { recursive: true });

await using ending = new AsyncDisposableStack();
ending.defer(endSharedServer);
await using browser = await openBrowser();
await using lane = await startLane();
for (const person of ['ana-souza', 'priya-nair', 'luca-ferri']) await lane.chat.ask(person, 'personal', saying);
const changes = { ...backupChanges, ...copyChanges, ...recoveryChanges, ...planChanges };
// What a person may is remembered for a minute: all hold from the beginning what any change needs.
const roles = Object.values(changes).flatMap(({ needs = [] }) => needs);
for (const [id, asked] of Object.entries(changes).filter(([key]) => key.includes(values.only))) {
  const cards = await cardsOfChange(lane, { id, asked, roles, locale: values.locale });
  const each = Math.min(look.width, 640) - 32;
  const path = new URL(`${id}.png`, folder).pathname;
  await picture(
    browser,
    { theme: look.theme, width: 32 + Math.min(cards.length, 6) * (each + 16), each },
    { cards, path },
  );
  console.log(`${id}: ${cards.length} cards`);
}
