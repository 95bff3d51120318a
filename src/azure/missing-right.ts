/** The right that a 403 names. Empty strings where Azure does not say. */
export interface MissingRight {
  readonly action: string;
  readonly scope: string;
}

/**
 * Reads the action and the scope out of ARM's words. Two forms: "…does not have authorization to perform action 'A' over scope 'S'…", and, for a
 * resource that a request refers to, "…does not have permission to perform action(s) 'A' on the linked scope(s) 'S'…", where an earlier action is granted.
 */
export function missingRight(message: string): MissingRight {
  const linked = /does not have permission to perform action\(s\) '([^']+)' on the linked scope\(s\) '([^']+)'/i;
  const plain = /authorization to perform action '([^']+)' over scope '([^']+)'/i;
  const found = linked.exec(message) ?? plain.exec(message);
  return { action: first(found?.[1]), scope: first(found?.[2]) };
}

/** A linked scope may be a list; the first one is where to begin. */
function first(list: string | undefined): string {
  return list?.split(',')[0]?.trim() ?? '';
}
