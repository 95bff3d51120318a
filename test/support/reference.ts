import type { Operation, Risk } from '../../src/operations/operation.ts';
import { isChanging } from '../../src/operations/operation.ts';
import { parametersOf } from '../../src/operations/parameters.ts';

const agreement: Readonly<Record<Risk, string>> = {
  read: 'nobody has to agree',
  reversible: 'the requester confirms',
  disruptive: 'a second person approves',
  destructive: 'a second person approves and the name is typed; two people for production',
};

/** The reference of all operations, in English, from the list itself. */
export function operationsReference(operations: readonly Operation[]): string {
  const areas = Map.groupBy(operations, ({ area }) => area);
  const parts = [...areas].flatMap(([area, list]) => [`## ${area}`, '', ...list.flatMap(entryOf)]);
  return [
    '# Operations',
    '',
    'Written from the code by `npm run readme`. Who must agree is the built-in policy; `POLICY_FILE` may ask for more. Parameters in parentheses',
    'may be left out. Rights are what requester, approver and bot each hold in Azure, beyond what the bot reads for everybody.',
    '',
    ...parts,
  ].join('\n');
}

function entryOf(operation: Operation): readonly string[] {
  const { id, texts, risk, actions } = operation;
  const { title, does, example, phrases } = texts.en;
  const parameters = parametersOf(operation).map(({ name, kind, required }) => {
    const text = `\`${name}\` ${kind === name ? '' : `(${kind})`}`.trim();
    return required ? text : `(${text})`;
  });
  return [
    `### ${title} (\`${id}\`)`,
    '',
    `To ${does}. Say \`${example}\`, or: ${phrases
      .slice(0, 4)
      .map((phrase) => `“${phrase}”`)
      .join(', ')}.`,
    '',
    `- Parameters: ${parameters.length === 0 ? 'none' : parameters.join(', ')}`,
    `- Risk: ${risk}; ${agreement[risk]}`,
    `- Rights: ${actions.length === 0 ? 'none' : actions.map((action) => `\`${action}\``).join(', ')}`,
    ...(isChanging(operation) ? ['- Becomes a run: previewed, checked, frozen, followed to its end'] : []),
    '',
  ];
}
