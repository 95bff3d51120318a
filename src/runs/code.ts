import { randomInt } from 'node:crypto';

/** Without I, L, O and U: read aloud or typed on a phone, they pass for others. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four characters for people, with a letter and a digit, so that a code is never taken for a word or a number of a list. */
export function randomCode(): string {
  const code = Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return /\d/.test(code) && /[A-Z]/.test(code) ? code : randomCode();
}

/** How long a code belongs to its run, in days. */
export const codeDays = 90;
