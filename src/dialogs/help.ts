import { say } from '../message.ts';
import type { Operation } from '../operations/operation.ts';
import type { Help, Screen } from '../operations/screen.ts';

const areas = ['status', 'backup', 'snapshots', 'recovery', 'runs'] as const;

/** The help card: every operation by what a person wants, with an example to type; the words that decide runs come last. */
export function helpScreen(operations: readonly Operation[]): Screen {
  const help: Help = {
    title: say('dialog.help'),
    lead: say('dialog.help-lead'),
    groups: [...areas.map((area) => groupOf(area, operations)), wordsGroup()].filter((group) => group.lines.length > 0),
  };
  return { screen: 'help', help };
}

function groupOf(area: Operation['area'], operations: readonly Operation[]): Help['groups'][number] {
  const lines = operations
    .filter((operation) => operation.area === area)
    .map((operation) => ({ does: say(`${operation.id}.does`), example: say(`${operation.id}.example`) }));
  return { title: say(`dialog.area-${area}`), lines };
}

function wordsGroup(): Help['groups'][number] {
  const words = ['pending', 'approve', 'reject', 'request-changes', 'withdraw', 'settle', 'plan'];
  return {
    title: say('dialog.area-words'),
    lines: words.map((word) => ({ does: say(`dialog.word-${word}`), example: say(`dialog.word-${word}-example`) })),
  };
}
