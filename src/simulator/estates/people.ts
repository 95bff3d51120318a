import { span } from '../clock.ts';
import { stableGuid } from '../identity.ts';
import type { Site } from './machines.ts';

/** The object ids of the practice estate's people and of the bot. */
export const people = {
  ana: 'a0000000-0000-4000-8000-000000000001',
  luca: 'a0000000-0000-4000-8000-000000000002',
  priya: 'a0000000-0000-4000-8000-000000000003',
  tom: 'a0000000-0000-4000-8000-000000000004',
  bot: 'b0000000-0000-4000-8000-000000000001',
  onCall: 'c0000000-0000-4000-8000-000000000001',
} as const;

const roles = {
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  backupOperator: '00c29273-979b-4161-815c-10b084fb9324',
  siteRecoveryOperator: '494ae006-db33-4328-bf46-533a6560a3ca',
  siteRecoveryContributor: '6670b86e-a3f7-4917-ac9b-5d6ab1be4567',
  diskSnapshotContributor: '7efff54f-a5b4-42b5-a1c5-5411624893ce',
  vmContributor: '9980e02c-c2be-4d73-94e8-173b1dc7cf3c',
  diskRestoreOperator: 'b50d9833-a0cb-478e-945f-707fcc997c13',
  siteRecoveryReads: 'd0000000-0000-4000-8000-000000000001',
} as const;

/** Deletes backup data; the bot may, and it depends on the people whether it ever does. */
const backupContributor = '5e467623-bb1f-42f4-a55d-6e525e11384b';

/** Engineers (through a group), an approver and the bot with what their work needs, and a reader. */
export function addPeople(site: Site): void {
  addPrincipals(site);
  addCustomRole(site);
  for (const principal of [people.onCall, people.priya, people.bot]) {
    for (const role of Object.values(roles)) assign(site, principal, role);
  }
  assign(site, people.bot, backupContributor);
  assign(site, people.tom, roles.reader);
}

function addPrincipals({ state }: Site): void {
  const user = (id: string, name: string) => {
    const upn = `${name.toLowerCase().replace(' ', '.')}@contoso.example`;
    state.principals[id] = { id, name, type: 'User', upn };
  };
  user(people.ana, 'Ana Souza');
  user(people.luca, 'Luca Ferri');
  user(people.priya, 'Priya Nair');
  user(people.tom, 'Tom Reed');
  state.principals[people.bot] = { id: people.bot, name: 'Vaultkeeper', type: 'ServicePrincipal' };
  state.principals[people.onCall] = {
    id: people.onCall,
    name: 'On-call engineers',
    type: 'Group',
    members: [people.ana, people.luca],
  };
}

/** The lists of a whole vault, and the operation status, that no built-in Site Recovery role grants. */
function addCustomRole(site: Site): void {
  const vaults = 'Microsoft.RecoveryServices/vaults';
  const kinds = [
    'replicationProtectedItems',
    'replicationProtectionContainers',
    'replicationNetworks',
    'replicationProtectionContainerMappings',
    'replicationOperationStatus',
  ];
  site.state.roleDefinitions[roles.siteRecoveryReads] = {
    name: roles.siteRecoveryReads,
    roleName: 'Vaultkeeper Site Recovery reads',
    description:
      'Lists of replicated items, containers, networks and mappings of a vault, and the status of operations',
    type: 'CustomRole',
    permissions: [
      {
        actions: [
          ...kinds.map((kind) => `${vaults}/${kind}/read`),
          'Microsoft.Automation/automationAccounts/runbooks/read',
        ],
        notActions: [],
      },
    ],
    scopes: [`/subscriptions/${site.subscription}`],
  };
}

function assign(site: Site, principal: string, role: string): void {
  const name = stableGuid(`${principal}:${role}`);
  const scope = `/subscriptions/${site.subscription}`;
  const created = site.now - 200 * span.day;
  site.state.roleAssignments[name] = { name, scope, role, principal, created };
}
