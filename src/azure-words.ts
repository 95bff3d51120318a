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
  'WaitingForCompletion',
  'Primary',
  'Recovery',
];

/** How a job of Site Recovery stands; the list of its jobs has their texts. */
export const replicationJobStates: readonly string[] = [
  'NotStarted',
  'Suspended',
  'Succeeded',
  'CompletedWithInformation',
];

/** How a replicated item stands, and what it allows; the list of them has their texts. */
export const replicatedItemWords: readonly string[] = [
  'InitialReplicationInProgress',
  'UnplannedFailoverInProgress',
  'UnplannedFailoverCommitPending',
  'UnplannedFailoverCommitted',
  'SwitchProtectionInProgress',
  'TestFailover',
  'TestFailoverCleanup',
  'UnplannedFailover',
  'Commit',
  'ChangePit',
  'SwitchProtection',
  'DisableProtection',
];

const sources: readonly (readonly [prefix: string, words: readonly string[]])[] = [
  ['azure-word', knownWords],
  ['replication-job.list', replicationJobStates],
  ['replicated-item.list', replicatedItemWords],
];

/** How something stands, in the reader's words; a word of Azure's that is not known is shown as Azure writes it. `PowerState/running` is `running`. */
export function azureWord(word: string): Text {
  const short = word.replace(/^PowerState\//, '');
  const [prefix] = sources.find(([, words]) => words.includes(short)) ?? [];
  return prefix === undefined ? word : say(`${prefix}.${short}`);
}

/** The same of several, with a comma between them, as an item's allowed operations are measured; shown as they are unless all of them are known. */
export function azureWords(words: string): Text {
  const said = words.split(', ').map(azureWord);
  const [only] = said;
  if (said.length === 1 && only !== undefined) return only;
  return said.some((word) => typeof word === 'string') ? words : said;
}
