metadata description = 'PostgreSQL flexible server; Entra tokens are the only way in, and the identity of the bot is its administrator.'

param name string
param location string
param skuName string
param geoBackup bool
param identityName string
param identityObjectId string
param subnetId string
param privateDnsZoneId string
param tags object

var private = !empty(subnetId)

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2022-12-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: skuName
    tier: startsWith(skuName, 'Standard_B') ? 'Burstable' : 'GeneralPurpose'
  }
  properties: {
    version: '16'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenant().tenantId
    }
    storage: { storageSizeGB: 32 }
    backup: {
      backupRetentionDays: 14
      geoRedundantBackup: geoBackup ? 'Enabled' : 'Disabled'
    }
    highAvailability: { mode: 'Disabled' }
    network: private
      ? {
          delegatedSubnetResourceId: subnetId
          privateDnsZoneArmResourceId: privateDnsZoneId
        }
      : null
  }
}

resource administrator 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2022-12-01' = {
  parent: server
  name: identityObjectId
  properties: {
    principalName: identityName
    principalType: 'ServicePrincipal'
    tenantId: tenant().tenantId
  }
}

resource database 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2022-12-01' = {
  parent: server
  name: 'vaultkeeper'
  // The server takes one change at a time.
  dependsOn: [administrator]
}

// Without a private network: services inside Azure may reach the server. Only Entra tokens of the administrator open it.
resource fromAzure 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules@2022-12-01' = if (!private) {
  parent: server
  name: 'azure'
  properties: {
    startIpAddress: '0.0.0.0'
    endIpAddress: '0.0.0.0'
  }
  dependsOn: [database]
}

output host string = server.properties.fullyQualifiedDomainName
output databaseName string = database.name
