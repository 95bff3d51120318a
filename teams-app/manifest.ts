import type { Operation, OwnLocale } from '../src/operations/operation.ts';
import { type CommandScope, commandsFor } from './commands.ts';
import { appName, appTexts } from './texts.ts';

/** For whom the package is made. */
export interface AppOrder {
  readonly operations: readonly Operation[];
  /** GUID of the Azure Bot's app registration or managed identity: `MicrosoftAppId`. */
  readonly botId: string;
  /** GUID of the app in the catalogue of Teams; stays the same over all upgrades. */
  readonly appId: string;
  /** Host name behind which the bot listens. */
  readonly domain: string;
  /** With `AZURE_ACTS_AS=person`: `SIGN_IN_APP_ID` and `SIGN_IN_APP_URI`, for which Teams may get tokens of people. */
  readonly signIn?: { readonly id: string; readonly resource: string };
  /** Three numbers; Teams takes an upgrade only when it is higher. */
  readonly version: string;
  readonly developer: {
    readonly name: string;
    readonly website: string;
    readonly privacy: string;
    readonly terms: string;
  };
}

const lists: readonly { readonly scopes: readonly string[]; readonly kind: CommandScope }[] = [
  { scopes: ['personal'], kind: 'personal' },
  { scopes: ['team', 'groupChat'], kind: 'together' },
];

/**
 * The manifest, in English. It asks for no permission at all: no `authorization`, so the bot sees only what mentions it
 * (or is written to it alone), and no access to files, profiles or the graph.
 */
export function manifest({ operations, botId, appId, domain, version, developer, signIn }: AppOrder) {
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json',
    manifestVersion: '1.22',
    version,
    id: appId,
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: translations.map((locale) => ({
        languageTag: locale.toLowerCase(),
        file: `${locale}.json`,
      })),
    },
    developer: {
      name: developer.name,
      websiteUrl: developer.website,
      privacyUrl: developer.privacy,
      termsOfUseUrl: developer.terms,
    },
    name: appName,
    description: appTexts.en,
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0B5A6F',
    bots: [
      {
        botId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: true,
        isNotificationOnly: false,
        commandLists: lists.map(({ scopes, kind }) => ({ scopes, commands: commandsFor(operations, kind, 'en') })),
      },
    ],
    validDomains: [domain],
    ...(signIn && { webApplicationInfo: signIn }),
  } as const;
}

/** The languages beside English. */
export const translations: readonly Exclude<OwnLocale, 'en'>[] = ['pt-BR', 'it'];

/** One language's file: paths into the manifest, with what stands there in that language. */
export function localized(operations: readonly Operation[], locale: OwnLocale): Readonly<Record<string, string>> {
  const commands: readonly (readonly [path: string, text: string])[] = lists.flatMap(({ kind }, list) =>
    commandsFor(operations, kind, locale).flatMap(
      ({ title, description }, at): readonly (readonly [string, string])[] => [
        [`bots[0].commandLists[${list}].commands[${at}].title`, title],
        [`bots[0].commandLists[${list}].commands[${at}].description`, description],
      ],
    ),
  );
  return {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.Localization.schema.json',
    'name.short': appName.short,
    'name.full': appName.full,
    'description.short': appTexts[locale].short,
    'description.full': appTexts[locale].full,
    ...Object.fromEntries(commands),
  };
}
