import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** How a person looks at the practice chat. */
export interface Look {
  /** Slug of the person, for example `ana-souza`. */
  readonly as: string;
  readonly theme?: 'light' | 'dark';
  /** Width of the window in CSS pixels: 1280, or 390 for a phone. */
  readonly width?: number;
}

/** Which entry of the conversation list. */
export type Where = 'personal' | 'group' | 'channel';

const launchArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the machine's Chromium; Close it when done. */
export function launchBrowser(executablePath = '/usr/bin/chromium'): Promise<Browser> {
  return chromium.launch({ executablePath, args: launchArguments });
}

/** The practice chat in one browser tab, seen as one person. */
export class ChatPage {
  readonly page: Page;
  /** Everything the page complained about: errors, refused resources, console errors. Should stay empty. */
  readonly complaints: string[] = [];

  /** Opens the page in a window of its own, with storage of its own. */
  static async open(browser: Browser, url: string, { as, theme = 'light', width = 1280 }: Look): Promise<ChatPage> {
    const viewport = { width, height: width < 700 ? 844 : 800 };
    const context = await browser.newContext({ viewport, colorScheme: theme, hasTouch: width < 700 });
    const chat = new ChatPage(await context.newPage());
    await chat.page.goto(`${url}/?as=${as}`);
    await chat.page.getByTestId('person-switch').getByText(/./).first().waitFor({ state: 'attached' });
    return chat;
  }

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Opens a conversation; on a phone it goes back to the list first. */
  async go(where: Where): Promise<void> {
    const entry = this.page.getByTestId(`conversation-${where}`);
    const back = this.page.getByTestId('back');
    await entry.or(back).filter({ visible: true }).first().waitFor();
    if (!(await entry.isVisible())) await back.click();
    await entry.click();
  }

  /** Writes and sends, as with the keyboard. */
  async say(text: string): Promise<void> {
    const composer = this.page.getByTestId('composer');
    await composer.fill(text);
    await composer.press('Enter');
  }

  /** Answers in the thread that holds this text. */
  async reply(threadText: string, text: string): Promise<void> {
    const thread = this.page.getByTestId('thread').filter({ hasText: threadText }).last();
    const reply = thread.getByTestId('thread-reply');
    // The thread may not be there yet, and whether a button is visible is asked without waiting.
    await thread.waitFor();
    if (await reply.isVisible()) await reply.click();
    await thread.getByTestId('thread-composer').fill(text);
    await thread.getByTestId('thread-composer').press('Enter');
  }

  /** The newest message with this text. */
  message(text: string | RegExp): Locator {
    return this.page.getByTestId('message').filter({ hasText: text }).last();
  }

  /** The newest card with this text. */
  card(text: string | RegExp): Locator {
    return this.page.getByTestId('card').filter({ hasText: text }).last();
  }

  /** Presses a button on the newest card with this text. */
  async click(cardText: string | RegExp, button: string): Promise<void> {
    await this.card(cardText).getByRole('button', { name: button, exact: true }).click();
  }

  /** Types into an input of the newest card with this text, by the input's label. */
  async fill(cardText: string | RegExp, label: string | RegExp, value: string): Promise<void> {
    await this.card(cardText).getByLabel(label).fill(value);
  }

  /** Notices: what Teams would refuse, what failed. */
  notices(): Locator {
    return this.page.getByTestId('notice');
  }

  /** Becomes somebody else in this tab. */
  async become(slug: string): Promise<void> {
    await this.page.getByTestId('person-switch').click();
    await this.page.getByTestId(`person-${slug}`).click();
    await this.page.waitForURL(new RegExp(`as=${slug}`));
  }

  /** Turns to the other theme by the page's own switch. */
  async switchTheme(): Promise<void> {
    await this.page.getByTestId('theme-switch').click();
  }

  /** Writes a PNG of what is on the screen. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
