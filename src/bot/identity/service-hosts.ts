/** Where Teams' Bot Connector lives: the public cloud and the two of the US government. */
const microsoftHosts = [
  'smba.trafficmanager.net',
  'botframework.com',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
];

/** Where people's OneDrive lives, in the public cloud and in those of governments and China. */
const fileHosts = ['sharepoint.com', 'sharepoint.us', 'sharepoint-mil.us', 'sharepoint.cn'];

/** Whether the bot may send something there. */
export type ServiceUrlRule = (url: string) => boolean;

/** https to Microsoft's hosts and the configured ones. A host of the configuration may name a port, for national clouds and tests. */
export function teamsServiceUrls(extraHosts: readonly string[] = []): ServiceUrlRule {
  return httpsWithin(microsoftHosts, extraHosts);
}

/** https to where Teams has files put; the configured hosts as for Teams itself. */
export function teamsFileUrls(extraHosts: readonly string[] = []): ServiceUrlRule {
  return httpsWithin(fileHosts, extraHosts);
}

function httpsWithin(hosts: readonly string[], extraHosts: readonly string[]): ServiceUrlRule {
  return (url) => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return false;
    if (isLoopback(parsed.hostname)) return extraHosts.includes(parsed.host);
    const host = parsed.hostname.toLowerCase();
    return parsed.protocol === 'https:' && [...hosts, ...extraHosts].some((known) => isWithin(host, known));
  };
}

/** This machine and nothing else: practice mode. */
export const loopbackServiceUrls: ServiceUrlRule = (url) => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed?.protocol === 'http:' && isLoopback(parsed.hostname);
};

/** Whether a host name means this machine by itself, without asking a name server. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\]|::1)$/i.test(hostname);
}

function isWithin(host: string, known: string): boolean {
  return host === known.toLowerCase() || host.endsWith(`.${known.toLowerCase()}`);
}
