interface Row {
  readonly id: string;
}

/**
 * Gives the row of an earlier reading for one that says the same: a list of a hundred thousand rows that is read again beside the last one, which
 * stands in while it comes, is then hardly held twice.
 */
export function sameRows<T extends Row>(before: readonly T[]): (row: T) => T {
  const known = new Map(before.map((row) => [row.id, row]));
  return (row) => {
    const last = known.get(row.id);
    return last !== undefined && saysTheSame(last, row) ? last : row;
  };
}

function saysTheSame(one: object, other: object): boolean {
  const fields = Object.keys(one);
  return (
    fields.length === Object.keys(other).length &&
    fields.every((field) => Object.hasOwn(other, field) && isSame(Reflect.get(one, field), Reflect.get(other, field)))
  );
}

/** Fields are words, numbers, and lists or records of words. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other) && saysTheSame(one, other);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
