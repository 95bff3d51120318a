import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { isZone } from '../../language/intl-forms.ts';
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
  try {
    return typeof tag === 'string' && new Intl.Locale(tag).language !== '';
  } catch {
    return false;
  }
}

function isTimeZone(zone: unknown): zone is string {
  return typeof zone === 'string' && zone !== '' && isZone(zone);
}
