import { CatalogueError } from '../errors.ts';
import { say } from '../message.ts';
import { notice, textOf, type WordContext } from './word.ts';

/** As far back as a file recovery can still be open: it ends after twelve hours. */
const looked = 200;

/**
 * "Show script 4F7K" leads to the run's card with its button, in the requester's own chat: the answer to a click is no message, so that no chat keeps the
 * secret (docs/decisions/0011). Wherever it is typed, it says where the card is.
 * @throws CatalogueError `run-not-found`, `not-the-requester`, `script-gone`
 */
export async function reveal(context: WordContext): Promise<void> {
  const { options, person } = context;
  const { actor } = person;
  const code = textOf(context.said.run?.value) ?? (await newest(context));
  if (code === undefined) throw new CatalogueError('script-gone');
  const run = await options.runs().find(code, actor.tenantId);
  if (run === undefined) throw new CatalogueError('run-not-found', { values: { code } });
  const { requester, outcome, targetName } = run;
  if (requester.oid !== actor.oid)
    throw new CatalogueError('not-the-requester', { values: { requester: requester.name } });
  const button = outcome?.reveals;
  if (button === undefined) throw new CatalogueError('script-gone');
  const shown = await options.watch(run, actor);
  await notice(context, {
    tone: shown ? 'good' : 'warning',
    title: say(shown ? 'dialog.script-on-card' : 'dialog.no-own-chat', { code, target: targetName, button }),
  });
}

/** The person's own newest run that has something to show. */
async function newest({ options, person: { actor, reader } }: WordContext): Promise<string | undefined> {
  const recent = await options.contextFor(actor, reader).runs.recent(actor.tenantId, looked);
  return recent.find(({ requester, outcome }) => requester.oid === actor.oid && outcome?.reveals !== undefined)?.code;
}
