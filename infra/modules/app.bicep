metadata description = 'The container app: one process, its settings, its probes, and nothing secret among them.'

param name string
param location string
param image string
param registryServer string
param identityId string
param identityClientId string
param databaseUrl string
param subscriptionIds array
param allowedTenants array
param destructiveOperations bool
param policy string
param settings object
param workspaceName string
param insightsName string
param metricsEndpoint string
@secure()
param metricsHeaders object
param subnetId string
param maxReplicas int
param tags object

var port = 3978
var ownSettings = [
  { name: 'PORT', value: string(port) }
  { name: 'HOST', value: '0.0.0.0' }
  { name: 'DATA_FOLDER', value: '/data' }
  { name: 'DATABASE_URL', value: databaseUrl }
  { name: 'MicrosoftAppId', value: identityClientId }
  { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
  { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
  { name: 'ALLOWED_TENANTS', value: join(allowedTenants, ',') }
  { name: 'AZURE_SUBSCRIPTION_IDS', value: join(subscriptionIds, ',') }
  // Some of what destroys needs no right of its own in Azure, so the bot refuses it besides.
  { name: 'DESTRUCTIVE_OPERATIONS', value: destructiveOperations ? 'on' : 'off' }
  { name: 'LOG_LEVEL', value: 'info' }
]
var policySettings = empty(policy) ? [] : [{ name: 'POLICY_FILE', value: '/policy/policy.yaml' }]
// Without a place for them metrics are not even collected.
var metricsSettings = empty(metricsEndpoint) ? [{ name: 'OTEL_METRICS_EXPORTER', value: 'none' }] : []
var metricsHeaderList = [for header in items(metricsHeaders): { key: header.key, value: string(header.value) }]
var metricsConfiguration = empty(metricsEndpoint)
  ? {}
  : {
      destinationsConfiguration: {
        otlpConfigurations: [{ name: 'metrics', endpoint: metricsEndpoint, insecure: false, headers: metricsHeaderList }]
      }
      metricsConfiguration: { destinations: ['metrics'] }
    }
var moreSettings = [for setting in items(settings): { name: setting.key, value: string(setting.value) }]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource environment 'Microsoft.App/managedEnvironments@2024-02-02-preview' = {
  name: '${name}-environment'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
    // The environment's own collector: it sets OTEL_EXPORTER_OTLP_ENDPOINT for the app. It takes no metrics to Application Insights
    // (learn.microsoft.com, "Collect and read OpenTelemetry data in Azure Container Apps"), so they go elsewhere or nowhere.
    appInsightsConfiguration: { connectionString: insights.properties.ConnectionString }
    openTelemetryConfiguration: union(
      {
        tracesConfiguration: { destinations: ['appInsights'] }
        logsConfiguration: { destinations: ['appInsights'] }
      },
      metricsConfiguration
    )
    vnetConfiguration: empty(subnetId) ? null : { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: empty(registryServer) ? [] : [{ server: registryServer, identity: identityId }]
      secrets: empty(policy) ? [] : [{ name: 'policy', value: policy }]
    }
    template: {
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(ownSettings, policySettings, metricsSettings, moreSettings)
          volumeMounts: concat(
            [{ volumeName: 'data', mountPath: '/data' }],
            empty(policy) ? [] : [{ volumeName: 'policy', mountPath: '/policy' }]
          )
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 30, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 10, failureThreshold: 3 }
          ]
        }
      ]
      volumes: concat(
        [{ name: 'data', storageType: 'EmptyDir' }],
        empty(policy)
          ? []
          : [{ name: 'policy', storageType: 'Secret', secrets: [{ secretRef: 'policy', path: 'policy.yaml' }] }]
      )
      terminationGracePeriodSeconds: 30
      scale: { minReplicas: 1, maxReplicas: maxReplicas }
    }
  }
}

output host string = app.properties.configuration.ingress.fqdn
