import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Reader } from '../../operations/context.ts';

const clientInfo = z.looseObject({
  type: z.literal('clientInfo'),
  locale: z.string().nullish(),
  timezone: z.string().nullish(),
});

/** How the person reads: messages carry it themselves, clicks often only in `clientInfo` (teams-platform 2.6). English and UTC otherwise. */
export function readerOf(activity: Activity): Reader {
  const info = (activity.entities ?? []).map((entity: unknown) => clientInfo.safeParse(entity).data).find(Boolean);
  const locale = [activity.locale, info?.locale].find(isLocale) ?? 'en';
  const timeZone = [info?.timezone, activity.localTimezone].find(isTimeZone) ?? 'UTC';
  return { locale, timeZone };
}

function isLocale(tag: unknown): tag is string {
  return typeof tag === 'string' && accepted(() => new Intl.Locale(tag));
}

function isTimeZone(zone: unknown): zone is string {
  return typeof zone === 'string' && zone !== '' && accepted(() => new Intl.DateTimeFormat('en', { timeZone: zone }));
}

function accepted(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch {
    return false;
  }
}
