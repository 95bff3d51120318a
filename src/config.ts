import { isIP } from 'node:net';
import type { SettingName } from './settings.ts';

type Env = Readonly<Record<string, string | undefined>>;

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

interface CommonConfig {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly policyFile: string | undefined;
  readonly pricesFile: string | undefined;
  readonly destructive: 'on' | 'off';
  readonly keepDays: number;
  readonly logLevel: (typeof logLevels)[number];
}

/** Everything on this machine, with a simulated Azure and a chat page; nobody proves who they are. */
export interface PracticeConfig extends CommonConfig {
  readonly mode: 'practice';
  readonly simulatorUrl: string | undefined;
}

/** Teams and Azure for real. */
export interface ServeConfig extends CommonConfig {
  readonly mode: 'serve';
  readonly appId: string;
  readonly appType: (typeof appTypes)[number];
  readonly appTenantId: string;
  readonly appPassword: string | undefined;
  readonly certificatePath: string | undefined;
  readonly federatedIdentityClientId: string | undefined;
  readonly federatedTokenFile: string | undefined;
  readonly allowedTenants: readonly string[];
  readonly guestTenants: readonly string[];
  readonly subscriptionIds: readonly string[];
  /** `AZURE_ACTS_AS=person`: the app that signs people in; absent when the bot acts as itself. */
  readonly signInApp: SignInAppConfig | undefined;
}

/** The app registration of the on-behalf-of mode; one of the last three is set. */
export interface SignInAppConfig {
  readonly appId: string;
  readonly resource: string;
  readonly secret: string | undefined;
  readonly certificatePath: string | undefined;
  readonly federatedClientId: string | undefined;
}

export type Config = PracticeConfig | ServeConfig;

/** Everything that is wrong with the settings, at once. Values are never repeated: one of them may be a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`These settings are missing or wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

const appTypes = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'] as const;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the settings of a mode. @throws SettingsError with all faults */
export function parseConfig(mode: Config['mode'], env: Env): Config {
  const reader = new Reader(env);
  const config = mode === 'practice' ? practice(reader) : serve(reader);
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return Object.freeze(config);
}

function common(read: Reader, usualLevel: CommonConfig['logLevel']): CommonConfig {
  return {
    port: read.port(),
    host: read.text('HOST') ?? '127.0.0.1',
    dataFolder: read.text('DATA_FOLDER') ?? './data',
    policyFile: read.text('POLICY_FILE'),
    pricesFile: read.text('PRICES_FILE'),
    destructive: read.oneOf('DESTRUCTIVE_OPERATIONS', ['on', 'off']) ?? 'on',
    keepDays: read.days('KEEP_DAYS'),
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:']),
    logLevel: read.oneOf('LOG_LEVEL', logLevels) ?? usualLevel,
  };
}

function practice(read: Reader): PracticeConfig {
  const shared = common(read, 'warn');
  if (!isLoopback(shared.host))
    read.fault('HOST', 'must be a loopback address such as 127.0.0.1: in practice mode nobody proves who they are');
  for (const name of ['MicrosoftAppId', ...credentials] as const) {
    if (read.text(name) !== undefined)
      read.fault(name, 'must not be set in practice mode, which lets everybody in; use npm run serve for Teams');
  }
  return { ...shared, mode: 'practice', simulatorUrl: read.url('AZURE_SIMULATOR_URL', ['http:']) };
}

function serve(read: Reader): ServeConfig {
  const appType = read.oneOf('MicrosoftAppType', appTypes, 'required');
  const appTenantId = read.guids('MicrosoftAppTenantId', 'required')[0] ?? '';
  const config: ServeConfig = {
    ...common(read, 'info'),
    mode: 'serve',
    appId: read.guids('MicrosoftAppId', 'required')[0] ?? '',
    appType: appType ?? 'SingleTenant',
    appTenantId,
    appPassword: read.text('MicrosoftAppPassword'),
    certificatePath: read.text('CertificatePath'),
    federatedIdentityClientId: read.guids('FederatedIdentityClientId')[0],
    federatedTokenFile: read.text('FederatedTokenFile'),
    allowedTenants: read.text('ALLOWED_TENANTS') === undefined ? [appTenantId] : read.guids('ALLOWED_TENANTS'),
    guestTenants: read.guids('ALLOWED_GUEST_TENANTS'),
    subscriptionIds: read.guids('AZURE_SUBSCRIPTION_IDS', 'required'),
    signInApp: signInApp(read),
  };
  checkCredential(read, config);
  if (read.text('AZURE_SIMULATOR_URL') !== undefined)
    read.fault('AZURE_SIMULATOR_URL', 'is for practice mode and tests only');
  return config;
}

/** The settings of which one says how the bot proves who it is; none of them with a managed identity. */
const credentials = [
  'MicrosoftAppPassword',
  'CertificatePath',
  'FederatedIdentityClientId',
  'FederatedTokenFile',
] as const satisfies readonly SettingName[];

/** One credential, and the one that the type of the app wants (teams-platform.md 1.3). */
function checkCredential(read: Reader, { appType }: ServeConfig): void {
  const given = credentials.filter((name) => read.text(name) !== undefined);
  const [first = 'MicrosoftAppPassword', ...others] = appType === 'UserAssignedMSI' ? given : credentials;
  if (appType === 'UserAssignedMSI') {
    for (const name of given) read.fault(name, 'must not be set with MicrosoftAppType UserAssignedMSI');
  } else if (given.length !== 1) read.fault(first, `or ${others.join(' or ')} is needed, one of them`);
}

const signInSecrets = ['SIGN_IN_APP_SECRET', 'SIGN_IN_CERTIFICATE_PATH', 'SIGN_IN_FEDERATED_CLIENT_ID'] as const;

/** Tokens of the bot's own app could pass for the channel's (teams-platform.md 4), so the app that signs people in is another. */
function signInApp(read: Reader): SignInAppConfig | undefined {
  if ((read.oneOf('AZURE_ACTS_AS', ['bot', 'person']) ?? 'bot') === 'bot') {
    for (const name of ['SIGN_IN_APP_ID', 'SIGN_IN_APP_URI', ...signInSecrets] as const)
      if (read.text(name) !== undefined) read.fault(name, 'is for AZURE_ACTS_AS=person only');
    return undefined;
  }
  const [appId = ''] = read.guids('SIGN_IN_APP_ID', 'required');
  if (appId !== '' && appId.toLowerCase() === read.text('MicrosoftAppId')?.toLowerCase())
    read.fault('SIGN_IN_APP_ID', 'must not be the bot’s own app');
  const resource = read.url('SIGN_IN_APP_URI', ['api:']);
  if (resource === undefined) read.fault('SIGN_IN_APP_URI', 'is missing');
  if (signInSecrets.filter((name) => read.text(name) !== undefined).length !== 1)
    read.fault('SIGN_IN_APP_SECRET', `or ${signInSecrets.slice(1).join(' or ')} is needed, one of them`);
  return {
    appId,
    resource: resource ?? '',
    secret: read.text('SIGN_IN_APP_SECRET'),
    certificatePath: read.text('SIGN_IN_CERTIFICATE_PATH'),
    federatedClientId: read.guids('SIGN_IN_FEDERATED_CLIENT_ID')[0],
  };
}

/** Whether an address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Reads values and collects what is wrong with them. */
class Reader {
  readonly faults: string[] = [];
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  fault(name: SettingName, what: string): void {
    this.faults.push(`${name} ${what}`);
  }

  text(name: SettingName): string | undefined {
    const value = this.#env[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** A run's code is its own for 90 days, so nothing is deleted before. */
  days(name: 'KEEP_DAYS'): number {
    const text = this.text(name) ?? '365';
    const days = Number(text);
    if (!/^\d+$/.test(text) || days < 91 || days > 36_500) this.fault(name, 'must be a whole number of 91 or more');
    return days;
  }

  port(): number {
    const text = this.text('PORT') ?? '3978';
    const port = Number(text);
    if (!/^\d+$/.test(text) || port > 65535) this.fault('PORT', 'must be a whole number from 0 to 65535');
    return port;
  }

  oneOf<T extends string>(name: SettingName, allowed: readonly T[], need?: 'required'): T | undefined {
    const text = this.text(name);
    const found = allowed.find((value) => value.toLowerCase() === text?.toLowerCase());
    if (found === undefined && (text !== undefined || need === 'required'))
      this.fault(name, `must be one of ${allowed.join(', ')}`);
    return found;
  }

  guids(name: SettingName, need?: 'required'): readonly string[] {
    const values = (this.text(name) ?? '')
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (values.length === 0 && need === 'required') this.fault(name, 'is missing');
    if (!values.every((value) => guid.test(value)))
      this.fault(name, 'must be a GUID (several are separated by commas)');
    return values;
  }

  url(name: SettingName, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
      this.fault(name, `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`);
    return text;
  }
}
