metadata description = 'Vaultkeeper in a resource group: identity, store, container app, bot registration, and the rights of the bot at the subscriptions it looks after.'

@description('Begins the names of all resources; lower case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'vaultkeeper'

@description('Region of everything that has one.')
param location string = resourceGroup().location

@description('The image, with its tag or digest: registry.example/vaultkeeper:0.1.0')
param image string

@description('Name of an Azure Container Registry in this resource group that holds the image; empty for a public one.')
param registryName string = ''

@description('Ids (GUIDs) of the subscriptions that the bot looks after, all of this tenant. The role is defined in the first one.')
@minLength(1)
param subscriptionIds array

@description('Entra tenants whose people may talk to the bot; this one unless given.')
param allowedTenants array = [tenant().tenantId]

@description('Whether the bot does what destroys: deletion, replacing disks, real failovers. Without it the bot refuses them all, and the role lacks what only they need.')
param destructiveOperations bool = true

@description('Text of the policy file; the built-in rules without it.')
param policy string = ''

@description('Further settings of the bot by name, such as { KEEP_DAYS: \'180\' }.')
param settings object = {}

@description('Puts app and database into a virtual network, and takes the database off the internet. The endpoint of the bot stays public: Teams calls it from there.')
param privateNetwork bool = false

@description('Most replicas; they share the store. One is always kept running, because jobs have to be followed.')
@minValue(1)
@maxValue(10)
param maxReplicas int = 2

@description('Compute size of the database server.')
param databaseSku string = 'Standard_B1ms'

@description('Keeps a copy of the store\'s backups in the paired region. It can only be chosen when the server is made, and not in every region.')
param databaseGeoBackup bool = false

@description('Where the metrics are sent by OTLP: the base URL of a collector or of a monitoring product. Empty: nowhere, because Application Insights takes none from Container Apps.')
param metricsEndpoint string = ''

@description('What is sent with them, such as { \'api-key\': \'…\' }.')
@secure()
param metricsHeaders object = {}

@description('Tags of all resources.')
param tags object = {}

// Some names are one for all of Azure or for the tenant, so a second installation must not make the same.
var unique = uniqueString(resourceGroup().id)

module identity 'modules/identity.bicep' = {
  name: '${name}-identity'
  params: {
    name: '${name}-identity'
    location: location
    registryName: registryName
    tags: tags
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: '${name}-network'
  params: {
    name: name
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: '${name}-monitoring'
  params: {
    name: name
    location: location
    tags: tags
  }
}

module database 'modules/database.bicep' = {
  name: '${name}-database'
  params: {
    name: '${name}-${unique}'
    location: location
    skuName: databaseSku
    geoBackup: databaseGeoBackup
    identityName: '${name}-identity'
    identityObjectId: identity.outputs.principalId
    subnetId: privateNetwork ? network!.outputs.databaseSubnetId : ''
    privateDnsZoneId: privateNetwork ? network!.outputs.databaseZoneId : ''
    tags: tags
  }
}

module app 'modules/app.bicep' = {
  name: '${name}-app'
  params: {
    name: name
    location: location
    image: image
    registryServer: identity.outputs.registryServer
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    databaseUrl: 'postgresql://${name}-identity@${database.outputs.host}:5432/${database.outputs.databaseName}?sslmode=verify-full'
    subscriptionIds: subscriptionIds
    allowedTenants: allowedTenants
    destructiveOperations: destructiveOperations
    policy: policy
    settings: settings
    workspaceName: monitoring.outputs.workspaceName
    insightsName: monitoring.outputs.insightsName
    metricsEndpoint: metricsEndpoint
    metricsHeaders: metricsHeaders
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    maxReplicas: maxReplicas
    tags: tags
  }
}

module bot 'modules/bot.bicep' = {
  name: '${name}-bot'
  params: {
    name: '${name}-${unique}'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    endpoint: 'https://${app.outputs.host}/api/messages'
    tags: tags
  }
}

module role 'modules/role.bicep' = {
  name: '${name}-role-${unique}'
  scope: subscription(subscriptionIds[0])
  params: {
    name: '${name}-${unique}'
    subscriptionIds: subscriptionIds
    destructiveOperations: destructiveOperations
  }
}

module rights 'modules/rights.bicep' = [for id in subscriptionIds: {
  name: '${name}-rights-${unique}'
  scope: subscription(id)
  params: {
    roleName: role.outputs.roleName
    principalId: identity.outputs.principalId
  }
}]

@description('For npm run package: --bot-id')
output botId string = identity.outputs.clientId

@description('For npm run package: --domain')
output domain string = app.outputs.host

@description('Of the identity: for az role assignment, also when the identity is gone.')
output principalId string = identity.outputs.principalId

@description('Name of the custom role: for az role definition.')
output roleName string = role.outputs.displayName

@description('For psql and az postgres: where the store is.')
output databaseHost string = database.outputs.host
