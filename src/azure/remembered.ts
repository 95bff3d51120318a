const keepMs = 60_000;

interface Entry<T> {
  readonly until: number;
  readonly value: Promise<T>;
}

/** Keeps answers for a minute; those that ask for the same at once share one. What failed is not kept. `fresh` asks again, and what it hears is kept. */
export function remembered<T>(now: () => Date) {
  const entries = new Map<string, Entry<T>>();
  return ({ key, fresh }: { readonly key: string; readonly fresh: boolean }, ask: () => Promise<T>): Promise<T> => {
    const at = now().getTime();
    for (const [other, { until }] of entries) if (until <= at) entries.delete(other);
    const found = entries.get(key);
    if (found !== undefined && !fresh) return found.value;
    const value = ask();
    entries.set(key, { until: at + keepMs, value });
    value.catch(() => {
      if (entries.get(key)?.value === value) entries.delete(key);
    });
    return value;
  };
}
