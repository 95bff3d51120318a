metadata description = 'The custom role. Its actions are written by npm run role from the list of operations; a test keeps the files up to date.'
targetScope = 'subscription'

param name string
param subscriptionIds array
param destructiveOperations bool

var actions = destructiveOperations
  ? loadJsonContent('../role.json', 'Actions')
  : loadJsonContent('../role-without-destructive.json', 'Actions')
var roleGuid = guid(tenant().tenantId, name, 'vaultkeeper')

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: roleGuid
  properties: {
    roleName: '${name}: backup, recovery and snapshots'
    description: 'What the Vaultkeeper bot reads and does in Azure. Written by npm run role.'
    type: 'CustomRole'
    permissions: [{ actions: actions, notActions: [] }]
    assignableScopes: [for id in subscriptionIds: '/subscriptions/${id}']
  }
}

output roleName string = role.name
