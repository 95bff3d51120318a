/** Where Teams' Bot Connector lives: the public cloud and the two of the US government. */
const microsoftHosts = [
  'smba.trafficmanager.net',
  'botframework.com',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
];

/** Whether the bot may send its bearer token there. */
export type ServiceUrlRule = (url: string) => boolean;

/** https to Microsoft's hosts and the configured ones. A host of the configuration may name a port, for national clouds and tests. */
export function teamsServiceUrls(extraHosts: readonly string[] = []): ServiceUrlRule {
  return (url) => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined || parsed.username !== '' || parsed.password !== '') return false;
    if (isLoopback(parsed.hostname)) return extraHosts.includes(parsed.host);
    const host = parsed.hostname.toLowerCase();
    return parsed.protocol === 'https:' && [...microsoftHosts, ...extraHosts].some((known) => isWithin(host, known));
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
