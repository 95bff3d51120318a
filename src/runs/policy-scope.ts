/** Whether an ARM id is a scope or lies below it: whole segments, in any casing. */
export function liesInScope(scope: string, id: string): boolean {
  const [outer, inner] = [scope.toLowerCase(), id.toLowerCase()];
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
}
