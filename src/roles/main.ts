import { parseArgs } from 'node:util';
import { operations } from '../operations/index.ts';
import { customRole } from './custom-role.ts';

const usage = `Usage: npm run -s role -- --subscription ID[,ID]... [--without-destructive]
       writes the Azure custom role of the bot's identity, as JSON, to standard output
  --scope ARM-ID          a resource group instead of, or beside, a subscription; may be repeated
  --without-destructive   leaves out what only destructive operations need`;

const scopePattern = /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/[^/]+)?$/i;

const { values } = parseArgs({
  options: {
    subscription: { type: 'string', multiple: true, default: [] },
    scope: { type: 'string', multiple: true, default: [] },
    'without-destructive': { type: 'boolean', default: false },
  },
});

const subscriptions = values.subscription.flatMap((list) => list.split(',')).map((id) => `/subscriptions/${id.trim()}`);
const scopes = [...subscriptions, ...values.scope];
const wrong = scopes.filter((scope) => !scopePattern.test(scope));
if (scopes.length === 0 || wrong.length > 0) {
  console.error(wrong.length > 0 ? `Not a subscription or a resource group: ${wrong.join(', ')}\n${usage}` : usage);
  process.exitCode = 2;
} else {
  const destructive = values['without-destructive'] ? 'without' : 'with';
  console.log(JSON.stringify(customRole({ operations, scopes, destructive }), undefined, 2));
}
