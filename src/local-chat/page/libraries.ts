/**
 * The two libraries that the page loads as classic scripts, with just the surface it uses. adaptivecards' own typings
 * lead the type checker into its sources, which do not pass strict flags.
 */

/** An action of a rendered card, when it is clicked. `data` then holds the card's inputs too. */
export interface CardAction {
  readonly id?: string;
  readonly title?: string;
  readonly verb?: string;
  readonly data?: unknown;
  readonly url?: string;
  getJsonTypeName(): string;
}

/** A card that can be drawn. */
export interface RenderableCard {
  hostConfig: unknown;
  onExecuteAction: (action: CardAction) => void;
  parse(json: unknown): void;
  render(): HTMLElement | undefined;
}

interface MarkdownResult {
  didProcess: boolean;
  outputHtml?: string;
}

interface AdaptiveCardsLibrary {
  readonly AdaptiveCard: {
    new (): RenderableCard;
    onProcessMarkdown: ((text: string, result: MarkdownResult) => void) | null;
  };
  readonly HostConfig: new (config: unknown) => unknown;
}

interface MarkdownRules {
  render(text: string): string;
  disable(rules: readonly string[]): MarkdownRules;
  readonly linkify: { set(options: Readonly<Record<string, boolean>>): unknown };
}

type MarkdownLibrary = (options: Readonly<Record<string, boolean>>) => MarkdownRules;

declare global {
  interface Window {
    readonly AdaptiveCards: AdaptiveCardsLibrary;
    readonly markdownit: MarkdownLibrary;
  }
}

/** The card renderer. */
export function adaptiveCards(): AdaptiveCardsLibrary {
  return window.AdaptiveCards;
}

/** The markdown renderer factory. */
export function markdownIt(): MarkdownLibrary {
  return window.markdownit;
}
