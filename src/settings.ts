/** One setting, as the README lists it; a test compares the two. */
interface Setting {
  readonly name: string;
  readonly does: string;
  readonly default?: string;
  /** Never printed, not even in part. */
  readonly secret?: true;
}

/** Every setting that is read from the environment. */
export const settings = [
  { name: 'PORT', does: 'port that the bot listens on', default: '3978' },
  {
    name: 'HOST',
    does: 'address that the bot listens on; practice mode takes loopback addresses only',
    default: '127.0.0.1',
  },
  { name: 'DATA_FOLDER', does: 'where the embedded store and practice mode keep their data', default: './data' },
  { name: 'DATABASE_URL', does: 'PostgreSQL server to use instead of the embedded store', secret: true },
  { name: 'MicrosoftAppId', does: 'app id of the Azure Bot (Teams mode)' },
  { name: 'MicrosoftAppType', does: '`SingleTenant`, `UserAssignedMSI` or `MultiTenant` (Teams mode)' },
  { name: 'MicrosoftAppTenantId', does: 'tenant of the app (Teams mode)' },
  { name: 'MicrosoftAppPassword', does: 'client secret of the app; not with a managed identity', secret: true },
  { name: 'CertificatePath', does: 'PEM file with certificate and key, instead of a client secret' },
  {
    name: 'FederatedIdentityClientId',
    does: 'client id of a managed identity that the app trusts (federated credential), instead of a client secret',
  },
  {
    name: 'FederatedTokenFile',
    does: 'file with the token of a workload that the app trusts (federated credential), instead of a client secret',
  },
  {
    name: 'ALLOWED_TENANTS',
    does: 'tenants whose people may talk to the bot, separated by commas',
    default: 'MicrosoftAppTenantId',
  },
  {
    name: 'ALLOWED_GUEST_TENANTS',
    does: 'tenants whose people are heard as guests, as Teams’ roster names them, separated by commas; no guest without it',
  },
  { name: 'AZURE_SUBSCRIPTION_IDS', does: 'subscriptions that the bot looks after, separated by commas (Teams mode)' },
  {
    name: 'AZURE_ACTS_AS',
    does: '`bot`, or `person`: changes are sent to Azure in the name of whoever asked (Teams mode)',
    default: 'bot',
  },
  {
    name: 'SIGN_IN_APP_ID',
    does: 'app registration that signs people in, never the bot’s own (`AZURE_ACTS_AS=person`)',
  },
  { name: 'SIGN_IN_APP_URI', does: 'its application id URI, `api://…` (`AZURE_ACTS_AS=person`)' },
  { name: 'SIGN_IN_APP_SECRET', does: 'its client secret (`AZURE_ACTS_AS=person`)', secret: true },
  { name: 'SIGN_IN_CERTIFICATE_PATH', does: 'PEM file with its certificate and key, instead of a secret' },
  {
    name: 'SIGN_IN_FEDERATED_CLIENT_ID',
    does: 'client id of a managed identity that it trusts (federated credential), instead of a secret',
  },
  { name: 'POLICY_FILE', does: 'who must agree to what, as JSON or YAML; safe built-in rules without it' },
  {
    name: 'DESTRUCTIVE_OPERATIONS',
    does: '`on`, or `off`: operations of the risk “destructive” are refused, whoever asks and whoever approves',
    default: 'on',
  },
  { name: 'PRICES_FILE', does: 'what storage costs you, as JSON; dated list prices without it' },
  {
    name: 'KEEP_DAYS',
    does: 'days after which ended runs and memories of conversations are deleted; 91 or more',
    default: '365',
  },
  { name: 'AZURE_SIMULATOR_URL', does: 'a simulator that runs elsewhere (practice mode and tests only)' },
  {
    name: 'OTEL_*',
    does: 'OpenTelemetry’s own variables; traces and metrics are sent when `OTEL_EXPORTER_OTLP_ENDPOINT` (or an `OTEL_…_EXPORTER`) is set',
  },
  { name: 'LOG_LEVEL', does: '`debug`, `info`, `warn` or `error`; practice mode says less: `warn`', default: 'info' },
] as const satisfies readonly Setting[];

/** The name of a setting. */
export type SettingName = (typeof settings)[number]['name'];
