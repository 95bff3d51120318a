import { typedOptions } from '../command-line.ts';
import { operations } from '../operations/index.ts';
import { customRole, stillEnoughFor } from './custom-role.ts';

const usage = `Usage: npm run -s role -- --subscription ID[,ID]... [--without-destructive]
       writes the Azure custom role of the bot's identity, as JSON, to standard output
  --scope ARM-ID          a resource group or a management group instead of, or beside, a subscription; may be repeated,
                          but Azure takes one management group a role
  --without-destructive   leaves out what only destructive operations need. Azure grants some of them by the same actions as other work:
                          DESTRUCTIVE_OPERATIONS=off makes the bot refuse them all`;

const managementGroup = /^\/providers\/Microsoft\.Management\/managementGroups\/[^/]+$/i;
const below = /^\/subscriptions\/[0-9a-f-]{36}(\/resourceGroups\/[^/]+)?$/i;

const values = typedOptions(usage, {
  subscription: { type: 'string', multiple: true, default: [] },
  scope: { type: 'string', multiple: true, default: [] },
  'without-destructive': { type: 'boolean', default: false },
});

const subscriptions = values.subscription.flatMap((list) => list.split(',')).map((id) => `/subscriptions/${id.trim()}`);
const scopes = [...subscriptions, ...values.scope];
const fault = faultOf(scopes);
if (fault === undefined) {
  const destructive = values['without-destructive'] ? 'without' : 'with';
  console.log(JSON.stringify(customRole({ operations, scopes, destructive }), undefined, 2));
  if (destructive === 'without')
    console.error(
      `This role is still enough for ${stillEnoughFor(operations).join(', ')}. With DESTRUCTIVE_OPERATIONS=off the bot refuses that.`,
    );
} else {
  console.error(`${fault}${usage}`);
  process.exitCode = 2;
}

/** What is wrong with the scopes, before the usage; Azure's limit of one management group is of learn.microsoft.com, "Azure custom roles". */
function faultOf(asked: readonly string[]): string | undefined {
  const wrong = asked.filter((scope) => !managementGroup.test(scope) && !below.test(scope));
  if (wrong.length > 0) return `Not a subscription, a resource group or a management group: ${wrong.join(', ')}\n`;
  if (asked.filter((scope) => managementGroup.test(scope)).length > 1)
    return 'A role can be for one management group only: write one role for each.\n';
  return asked.length === 0 ? '' : undefined;
}
