import { CatalogueError, type ErrorCode } from '../errors.ts';
import type { Choice } from './screen.ts';

/**
 * Choices that there must be: a question without any would lead nowhere.
 * @throws CatalogueError the given code, when there is nothing to choose from
 */
export function atLeastOne(
  choices: readonly Choice[],
  code: ErrorCode = 'not-allowed-by-azure-now',
): readonly Choice[] {
  if (choices.length === 0) throw new CatalogueError(code);
  return choices;
}
