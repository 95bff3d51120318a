metadata description = 'The custom role. Its actions are written by npm run role from the list of operations; a test keeps the files up to date.'
targetScope = 'subscription'

@description('Begins the name of the role, of which a tenant takes only one, and makes its id: another one for each installation.')
param name string
param subscriptionIds array
param destructiveOperations bool

var actions = destructiveOperations
  ? loadJsonContent('../role.json', 'Actions')
  : loadJsonContent('../role-without-destructive.json', 'Actions')
var roleGuid = guid(tenant().tenantId, name, 'vaultkeeper')
var displayName = '${name}: backup, recovery and snapshots'

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleGuid
  properties: {
    roleName: displayName
    description: 'What the Vaultkeeper bot reads and does in Azure. Written by npm run role.'
    type: 'CustomRole'
    permissions: [{ actions: actions, notActions: [] }]
    assignableScopes: [for id in subscriptionIds: '/subscriptions/${id}']
  }
}

output roleName string = role.name
output displayName string = displayName
