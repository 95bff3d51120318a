/**
 * `unit`: the first line, whatever a change may break, in under four minutes (`npm test`); `proof`: what is exhaustive, every operation in every
 * situation, and what needs more than npm packages (`npm run proof`); `e2e`: in a browser (`npm run e2e`).
 */
export type Suite = 'unit' | 'proof' | 'e2e';

/** The suite that a file belongs to, which its name tells; none for one that holds no tests. */
export function suiteOf(file: string): Suite | undefined {
  if (file.endsWith('.proof.ts')) return 'proof';
  if (!file.endsWith('.test.ts')) return undefined;
  return file.startsWith('test/e2e/') ? 'e2e' : 'unit';
}
