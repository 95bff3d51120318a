import { writeFileSync } from 'node:fs';
import { operations } from '../../src/operations/index.ts';
import { customRole } from '../../src/roles/custom-role.ts';

/** Writes the roles that the deployment loads: `npm run infra-roles`. The deployment sets its own scopes. */
const scopes = ['/subscriptions/00000000-0000-0000-0000-000000000000'];

for (const [file, destructive] of [
  ['role.json', 'with'],
  ['role-without-destructive.json', 'without'],
] as const)
  writeFileSync(`infra/${file}`, `${JSON.stringify(customRole({ operations, scopes, destructive }), undefined, 2)}\n`);
