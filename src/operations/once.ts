/** A function of few words that is asked for many rows, such as what is known of a vault: each word is looked at once. */
export function once<T>(look: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    if (!known.has(word)) known.set(word, look(word));
    return known.get(word) as T;
  };
}
