import { readFile } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import { hostConfig, styleSheet, type Theme } from './themes.ts';

const scripts = ['markdown-it/dist/browser/markdown-it.umd.min.js', 'adaptivecards/dist/adaptivecards.min.js'].map(
  (script) => new URL(`../../../node_modules/${script}`, import.meta.url),
);

/** How pictures look; `width` in pixels of the whole page. */
export interface Look {
  readonly theme: Theme;
  readonly width: number;
}

/** A browser in which cards are drawn with the library that Teams' web client is built on. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}

/** Draws cards beside each other and below into one picture. `each`: the width of a card, where it is not the page's. */
export async function picture(
  browser: Browser,
  { theme, width, each }: Look & { readonly each?: number },
  { cards, path }: { readonly cards: readonly unknown[]; readonly path: string },
): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 400 } });
  const narrow = each === undefined ? '' : `.card{width:${each}px}`;
  await page.setContent(`<!doctype html><style>${styleSheet(theme)}${narrow}</style><main class="cards"></main>`);
  for (const script of scripts) await page.addScriptTag({ content: await readFile(script, 'utf8') });
  await page.addScriptTag({ content: drawScript(cards, theme) });
  await page.screenshot({ path, fullPage: true });
  await page.close();
}

/** Runs in the page. */
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
