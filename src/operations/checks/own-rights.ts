import type { Right } from '../../azure/ports.ts';
import type { Context } from '../context.ts';
import { look } from '../facts.ts';
import type { Finding } from '../screen.ts';
import { finding } from './check.ts';

/** What the bot's own identity lacks for an operation, where, and the least built-in role that grants it. Where it cannot be looked at, Azure will say so. */
export async function ownRightFindings(context: Context, rights: readonly Right[]): Promise<readonly Finding[]> {
  const looking = rights.map(async (right) => {
    const seen = await look(right.scope, context.azure.conditions.botLacks(right));
    if (!seen.seen || seen.value === undefined) return [];
    return [finding('own-right-missing', { ...right, role: seen.value.role || 'none' })];
  });
  return (await Promise.all(looking)).flat();
}
