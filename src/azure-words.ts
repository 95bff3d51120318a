import { say, type Text } from './message.ts';

/** Words of Azure's for how something stands, as its APIs write them; their texts are in `locales/<tag>/azure-words.json`. */
export const knownWords: readonly string[] = [
  'Passed',
  'ActionRequired',
  'ActionSuggested',
  'Healthy',
  'Unhealthy',
  'Completed',
  'CompletedWithWarnings',
  'Failed',
  'InProgress',
  'Cancelled',
  'Normal',
  'Warning',
  'Critical',
  'None',
  'IRPending',
  'Protected',
  'ProtectionStopped',
  'ProtectionError',
  'ProtectionPaused',
  'BackupsSuspended',
  'running',
  'stopped',
  'deallocated',
];

/** How something stands, in the reader's words; a word of Azure's that is not known is shown as Azure writes it. `PowerState/running` is `running`. */
export function azureWord(word: string): Text {
  const short = word.replace(/^PowerState\//, '');
  return knownWords.includes(short) ? say(`azure-word.${short}`) : word;
}
