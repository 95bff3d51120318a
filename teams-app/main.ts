import { readFileSync, writeFileSync } from 'node:fs';
import { typedOptions } from '../src/command-line.ts';
import { operations } from '../src/operations/index.ts';
import type { AppOrder } from './manifest.ts';
import { appPackage } from './zip.ts';

const usage = `Usage: npm run package -- --bot-id GUID --domain HOST [--out FILE]
  --bot-id GUID     MicrosoftAppId of the bot
  --domain HOST     host name of its messaging endpoint, without https://
  --out FILE        where the zip is written; vaultkeeper.zip
  --app-id GUID     id in the catalogue of Teams; the bot's id
  --version N.N.N   the version of package.json
  --developer NAME  who offers the app, at most 32 characters; Vaultkeeper
  --website URL     https page about the app; --privacy URL and --terms URL are the same page unless given
  --sign-in-id GUID and --sign-in-uri api://…   SIGN_IN_APP_ID and SIGN_IN_APP_URI, with AZURE_ACTS_AS=person only`;

const values = typedOptions(usage, {
  'bot-id': { type: 'string', default: '' },
  domain: { type: 'string', default: '' },
  out: { type: 'string', default: 'vaultkeeper.zip' },
  'app-id': { type: 'string' },
  version: { type: 'string' },
  developer: { type: 'string', default: 'Vaultkeeper' },
  website: { type: 'string' },
  privacy: { type: 'string' },
  terms: { type: 'string' },
  'sign-in-id': { type: 'string' },
  'sign-in-uri': { type: 'string' },
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function faults(): readonly string[] {
  const { domain, 'app-id': appId, website, privacy, terms } = values;
  const pages = [website, privacy, terms].filter((page) => page !== undefined);
  return [
    ...(guid.test(values['bot-id']) ? [] : ['--bot-id must be a GUID']),
    ...(appId === undefined || guid.test(appId) ? [] : ['--app-id must be a GUID']),
    ...(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain) ? [] : ['--domain must be a host name']),
    ...((values['sign-in-id'] === undefined) === (values['sign-in-uri'] === undefined)
      ? []
      : ['--sign-in-id and --sign-in-uri go together']),
    ...(guid.test(values['sign-in-id'] ?? values['bot-id']) ? [] : ['--sign-in-id must be a GUID']),
    ...((values['sign-in-uri'] ?? 'api://').startsWith('api://') ? [] : ['--sign-in-uri must begin with api://']),
    ...pages.filter((page) => !page.startsWith('https://')).map((page) => `${page} must begin with https://`),
  ];
}

function order(): AppOrder {
  const { website = `https://${values.domain}`, privacy = website, terms = website } = values;
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const { 'sign-in-id': id, 'sign-in-uri': resource } = values;
  return {
    operations,
    ...(id !== undefined && resource !== undefined && { signIn: { id, resource } }),
    botId: values['bot-id'],
    appId: values['app-id'] ?? values['bot-id'],
    domain: values.domain,
    version: values.version ?? version,
    developer: { name: values.developer, website, privacy, terms },
  };
}

const wrong = faults();
if (wrong.length > 0) {
  console.error(`${wrong.join('\n')}\n${usage}`);
  process.exitCode = 2;
} else {
  writeFileSync(values.out, appPackage(order()));
  console.log(
    `${values.out} is written. Upload it in the Teams admin center, or in Teams under Apps, Manage your apps.`,
  );
}
