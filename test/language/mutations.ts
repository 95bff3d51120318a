import fc from 'fast-check';

/** A change to a sentence such as keyboards, phones, haste and malice make; `at` and `salt` say where and how. */
type Mutation = (text: string, at: number, salt: number) => string;

const insertions = [
  'please',
  'now',
  'the',
  'quickly',
  'hm',
  'xyz',
  'not',
  'again',
  '42',
  'tomorrow',
  'and',
  'all',
  'não',
  'non',
  'por favor',
];
const marks = ['🙏', '<b>', '</b>', '&nbsp;', '\u202e', '\u200b', '$' + '{x}', '"', "'", '—', '…', '\n'];

const mutations: readonly Mutation[] = [
  (text) => text.toUpperCase(),
  (text) => text.charAt(0).toUpperCase() + text.slice(1),
  (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.charAt(at) + text.slice(at),
  (text, at) => text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2),
  (text, at, salt) => text.slice(0, at) + String.fromCharCode(97 + (salt % 26)) + text.slice(at + 1),
  (text) => text.replaceAll('-', '–'),
  (text) => text.replaceAll(' ', '  '),
  (text) => text.replaceAll(' ', '\u00a0'),
  (text, at, salt) => betweenWords(text, at, insertions[salt % insertions.length] ?? ''),
  (text, at, salt) => text.slice(0, at) + (marks[salt % marks.length] ?? '') + text.slice(at),
  (text) => `${text}?`,
  (text) => `${text}!!!`,
  (text, _, salt) => `${text} ${insertions[salt % insertions.length]}`,
  (text, _, salt) => `${insertions[salt % insertions.length]} ${text}`,
];

function betweenWords(text: string, at: number, word: string): string {
  const words = text.split(' ');
  return words.toSpliced(at % (words.length + 1), 0, word).join(' ');
}

/** One to three changes to one of the sentences. No word is left out and no other verb put in: that would be another request, and a right one. */
export function mutated(
  sentences: readonly string[],
): fc.Arbitrary<{ readonly original: string; readonly text: string }> {
  const step = fc.record({ kind: fc.nat(mutations.length - 1), at: fc.nat(200), salt: fc.nat(1000) });
  return fc
    .tuple(fc.constantFrom(...sentences), fc.array(step, { minLength: 1, maxLength: 3 }))
    .map(([original, steps]) => ({
      original,
      text: steps.reduce(
        (text, { kind, at, salt }) => mutations[kind]?.(text, at % (text.length + 1), salt) ?? text,
        original,
      ),
    }));
}
