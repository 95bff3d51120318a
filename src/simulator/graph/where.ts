import type { Row } from './rows.ts';

/** A `where` line of a query: the column, and the texts that it may be (case does not count). */
export interface Where {
  readonly column: string;
  readonly texts: ReadonlySet<string>;
}

const literal = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
const equals = new RegExp(String.raw`^\s*\|?\s*where\s+(\w+)\s*(?:=~|==)\s*(${literal})\s*$`);
const isIn = new RegExp(String.raw`^\s*\|?\s*where\s+(\w+)\s+in~?\s*\(((?:\s*(?:${literal})\s*,?)*)\)\s*$`);

/**
 * The conditions of a query that compare one column with texts, one to a line (`| where location =~ 'westeurope'`,
 * `| where id in~ ('a', 'b')`). Everything else of a query is known from its name and is not read.
 */
export function wheresOf(query: string): Where[] {
  return query.split('\n').flatMap((line) => {
    const [, column, texts] = equals.exec(line) ?? isIn.exec(line) ?? [];
    return column === undefined || texts === undefined ? [] : [{ column, texts: textsOf(texts) }];
  });
}

function textsOf(list: string): Set<string> {
  const found = list.match(new RegExp(literal, 'g')) ?? [];
  return new Set(found.map((one) => one.slice(1, -1).replace(/\\(.)/g, '$1').toLowerCase()));
}

/** The rows that meet all conditions on columns that they show; conditions on others, such as `type`, hold already. */
export function rowsWhere(rows: readonly Row[], wheres: readonly Where[]): readonly Row[] {
  const shown = wheres.filter(({ column }) => rows[0] !== undefined && column in rows[0]);
  if (shown.length === 0) return rows;
  return rows.filter((row) => shown.every(({ column, texts }) => texts.has(String(row[column]).toLowerCase())));
}
