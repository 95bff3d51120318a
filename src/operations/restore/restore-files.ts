import { z } from 'zod';
import { nameOf } from '../../azure/arm-id.ts';
import type { Vm } from '../../azure/types.ts';
import { CatalogueError } from '../../errors.ts';
import { say } from '../../message.ts';
import { filesByHand } from '../backup/by-hand-backup.ts';
import { guardFindings } from '../backup/guarded.ts';
import { itemChoices, orReady, succeeded } from '../backup/item-change.ts';
import { fact } from '../facts.ts';
import { protectedItemOf, vmOf } from '../located.ts';
import { changing, own } from '../operation.ts';
import { parameter } from '../parameters.ts';
import type { Finding, Suggestion } from '../screen.ts';
import { isOpen, mountingAnswer, noOwnChat, openAction, sessionHours } from './file-session.ts';
import { restoreFacts, restoreMeasures } from './restore-facts.ts';
import { texts } from './restore-files-texts.ts';
import { pointChoices, type Source, sourceOf } from './restore-source.ts';

const id = 'restore.files';
const message = own(id);

export const restoreFiles = changing({
  id,
  area: 'backup',
  intentions: ['down'],
  risk: 'reversible',
  texts,
  parameters: z.object({ vm: parameter.vm(), point: parameter.recoveryPoint() }),
  actions: [openAction],
  rights: async (context, { vm }) => [{ action: openAction, scope: (await protectedItemOf(context, vm)).vaultId }],
  targets: ({ vm }) => [vm],

  async choices(context, name, { vm }) {
    if (name === 'vm') return await itemChoices(context, (item) => !item.softDeleted);
    return name === 'point' && vm !== undefined ? await pointChoices(context, vm) : [];
  },

  async preview(context, { vm, point }) {
    const source = await sourceOf(context, vm, point);
    const values = { vm: source.item.friendlyName, time: { time: source.point.time }, hours: sessionHours };
    return {
      sentence: message('preview', values),
      facts: [...(await restoreFacts(context, source, undefined)), fact('script-goes', message('to-own-chat'))],
      resources: [vm, source.item.id],
      measured: restoreMeasures(source),
    };
  },

  async checks(context, { vm, point }) {
    const source = await sourceOf(context, vm, point);
    const [chat, guard] = await Promise.all([
      context.ownChat(),
      guardFindings(context, source.item.vaultId, openAction),
    ]);
    const own: readonly Finding[] = chat ? [] : [{ id: 'no-own-chat', severity: 'blocks', ...noOwnChat }];
    return orReady([...own, ...pointFindings(source), ...guard], message('ready'));
  },

  submit: async (context, { vm, point }, { code, clientRequestId }) =>
    await context.azure.backup.openFiles(point, { vmId: vm, initiator: `vaultkeeper-${code}`, clientRequestId }),

  /**
   * Azure lists no such requests, and a session that is not open may be opening: to ask again could open two. Only the lost answer named the
   * operation that holds the script.
   */
  findSubmitted: () => Promise.resolve('unclear'),
  sentAgainUnlooked: true,

  async result(_context, { vm, point }, { startingAt, requester }, progress) {
    const done = succeeded(progress);
    const values = { vm: nameOf(vm), who: requester.name };
    const until = new Date(Date.parse(startingAt) + sessionHours * 3_600_000).toISOString();
    return {
      sentence: message(done ? 'done' : 'failed', { ...values, until: { time: until } }),
      facts: [],
      leftToDo: done ? [message('left-script', values), message('left-close')] : [],
      suggestions: done ? closing({ vm, point }) : [],
      ...(done && { reveals: message('reveal') }),
    };
  },

  async reveal(context, { vm, point }, job) {
    if (job.kind !== 'files' || !(await isOpen(context, vm, point))) throw new CatalogueError('script-gone');
    const scripts = await context.azure.backup.fileScripts(job).catch(goneWhenNotFound);
    const machine = await vmOf(context, vm).catch((): Vm | undefined => undefined);
    const fitting = scripts.filter(({ osType }) => machine === undefined || osType === machine.osType);
    if (fitting.length === 0) throw new CatalogueError('script-gone');
    return { ...mountingAnswer(fitting, job), suggestions: closing({ vm, point }) };
  },

  undo: ({ vm, point }) => [{ operation: 'restore.files-close', parameters: { vm, point } }],
  byHand: (plan) => filesByHand(plan, 'mount-rp'),
  next: closing,

  leftOpen: {
    kind: 'files',
    remindAfterMinutes: [30],
    thenEveryMinutes: 60,
    waitsForMorning: true,
    async stillOpen(context, { vm, point }, { endedAt }) {
      if (!(await isOpen(context, vm, point))) return { open: false };
      const until = new Date(Date.parse(endedAt) + sessionHours * 3_600_000).toISOString();
      const sentence = message('still-open', { vm: nameOf(vm), until: { time: until } });
      return { open: true, sentence, suggestions: closing({ vm, point }) };
    },
  },
});

/** Azure forgets its operations after a while; nothing else holds the script. */
function goneWhenNotFound(error: unknown): never {
  const gone = error instanceof CatalogueError && error.code === 'azure-not-found';
  throw gone ? new CatalogueError('script-gone', { cause: error }) : error;
}

function pointFindings({ item, point }: Source): readonly Finding[] {
  const blocked = (key: string, values: Record<string, string> = {}): Finding => ({
    id: key,
    severity: 'blocks',
    text: say(`check.${key}`, values),
    advice: say(`check.${key}.advice`, values),
  });
  if (item.softDeleted) return [blocked('data-deleted', { vm: item.friendlyName })];
  if (point.tiers.length > 0 && point.tiers.every((tier) => tier === 'archive')) return [blocked('archived')];
  return point.filesOpen === true ? [blocked('files-open', { vm: item.friendlyName })] : [];
}

function closing(parameters: { readonly vm: string; readonly point: string }): readonly Suggestion[] {
  return [{ title: message('close'), wish: { operation: 'restore.files-close', parameters } }];
}
