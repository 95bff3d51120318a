/** What a role or a deny assignment is about: actions with `*` for anything, less the exceptions. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** Whether one block covers the action: some action matches and no exception does. Azure compares without regard to case. */
export function covers(permission: Permission, action: string): boolean {
  return matchesAny(permission.actions, action) && !matchesAny(permission.notActions, action);
}

/** Whether a scope is the other one or lies above it: ids are compared segment by segment, without regard to case; `/` is above everything. */
export function isAtOrAbove(above: string, scope: string): boolean {
  const upper = trimmed(above);
  const lower = trimmed(scope);
  return upper === '' || lower === upper || lower.startsWith(`${upper}/`);
}

/**
 * Whether what Azure answered for a scope reaches it. The id of a management group does not tell what is below it; Azure does, by naming only those
 * that are above the scope (learn.microsoft.com, "List Azure role assignments using the REST API": `atScope()`). Never for rows of another question.
 */
export function reaches(answered: string, asked: string): boolean {
  return managementGroup.test(trimmed(answered)) || isAtOrAbove(answered, asked);
}

const managementGroup = /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/;

function matchesAny(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matches(pattern, action));
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}

function trimmed(scope: string): string {
  return scope
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/^\/*(?=.)/, '/');
}
