import { CatalogueError, type ErrorCode } from '../errors.ts';
import type { MessageValue } from '../message.ts';
import type { Choice } from './screen.ts';

/**
 * Choices that there must be: a question without any would lead nowhere.
 * @throws CatalogueError the given code, when there is nothing to choose from
 */
export function atLeastOne(
  choices: readonly Choice[],
  code: ErrorCode,
  values: Readonly<Record<string, MessageValue>> = {},
): readonly Choice[] {
  if (choices.length === 0) throw new CatalogueError(code, { values });
  return choices;
}
