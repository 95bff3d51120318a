import { mkdir, writeFile } from 'node:fs/promises';
import { galleryCards, goldenText } from './gallery/cards.ts';
import { openBrowser, picture } from './gallery/pictures.ts';

/** `npm run cards`: a picture of every template with its samples, light and dark, wide and on a phone, into docs/cards, and the text of the cards into golden/. */
const folder = new URL('../../docs/cards/', import.meta.url);
const golden = new URL('golden/', import.meta.url);

await mkdir(golden, { recursive: true });
await mkdir(folder, { recursive: true });
await using browser = await openBrowser();
for (const [name, cards] of Object.entries(galleryCards())) {
  await writeFile(new URL(`${name}.snap`, golden), goldenText(cards));
  for (const theme of ['light', 'dark'] as const)
    for (const width of [1280, 390]) {
      const path = new URL(`${name}-${theme}-${width}.png`, folder).pathname;
      await picture(browser, { theme, width }, { cards, path });
    }
}
