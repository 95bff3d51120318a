using 'main.bicep'

param image = 'registry.example/vaultkeeper:0.1.0'
param subscriptionIds = ['00000000-0000-0000-0000-000000000000']
