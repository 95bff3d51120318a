import { adaptiveCards } from './libraries.ts';

/** Lets cards draw Teams' subset of Markdown in their texts. */
export function installMarkdown(markdown: (text: string) => string): void {
  adaptiveCards().AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown(text);
    result.didProcess = true;
  };
}
