import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import { galleryCards, goldenText } from './gallery/cards.ts';
import { hostConfig, styleSheet, type Theme } from './gallery/themes.ts';

/** `npm run cards`: a picture of every template with its samples, light and dark, wide and on a phone, into docs/cards, and the text of the cards into golden/. */
const folder = new URL('../../docs/cards/', import.meta.url);
const scripts = ['markdown-it/dist/browser/markdown-it.umd.min.js', 'adaptivecards/dist/adaptivecards.min.js'].map(
  (script) => new URL(`../../node_modules/${script}`, import.meta.url),
);

const golden = new URL('golden/', import.meta.url);
await mkdir(golden, { recursive: true });
for (const [name, cards] of Object.entries(galleryCards()))
  await writeFile(new URL(`${name}.snap`, golden), goldenText(cards));

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
await mkdir(folder, { recursive: true });
for (const theme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) await pictures(browser, theme, width);
}
await browser.close();

async function pictures(shown: Browser, theme: Theme, width: number): Promise<void> {
  const page = await shown.newPage({ viewport: { width, height: 400 } });
  const sources = await Promise.all(scripts.map((script) => readFile(script, 'utf8')));
  for (const [name, cards] of Object.entries(galleryCards())) {
    await page.setContent(`<!doctype html><style>${styleSheet(theme)}</style><main class="cards"></main>`);
    for (const content of sources) await page.addScriptTag({ content });
    await page.addScriptTag({ content: drawScript(cards, theme) });
    await page.screenshot({ path: new URL(`${name}-${theme}-${width}.png`, folder).pathname, fullPage: true });
  }
  await page.close();
}

/** Runs in the page: draws each card with the library that Teams' web client is built on. */
function drawScript(cards: readonly unknown[], theme: Theme): string {
  return `AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
      result.outputHtml = markdownit().render(text); result.didProcess = true; };
    for (const json of ${JSON.stringify(cards)}) {
      const card = new AdaptiveCards.AdaptiveCard();
      card.hostConfig = new AdaptiveCards.HostConfig(${JSON.stringify(hostConfig(theme))});
      card.parse(json);
      const frame = document.createElement('div'); frame.className = 'card';
      frame.append(card.render()); document.querySelector('.cards').append(frame);
    }`;
}
