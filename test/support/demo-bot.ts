import type { FakeTurn } from './fake-bot.ts';

/** A card as the demonstrating bot sends it. */
export function demoCard(title: string, extra: object = {}): object {
  const facts = [
    { title: 'Vault', value: 'rsv-prod-weu' },
    { title: 'Policy', value: 'daily-30d' },
    { title: 'Last good recovery point', value: 'Today 02:14 (UTC 01:14), 7 h ago' },
  ];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: title,
    body: [
      { type: 'TextBlock', text: title, style: 'heading', size: 'Large', weight: 'Bolder', wrap: true },
      { type: 'TextBlock', text: 'Backup is **healthy**; replication is not set up.', wrap: true, spacing: 'Small' },
      {
        type: 'Container',
        style: 'good',
        items: [{ type: 'TextBlock', text: '✔ Protected', color: 'Good', weight: 'Bolder' }],
      },
      { type: 'FactSet', facts },
    ],
    ...extra,
  };
}

const button = (verb: string, title: string, extra: object = {}) => ({
  type: 'Action.Execute',
  verb,
  title,
  data: { run: '4F7K' },
  ...extra,
});

const formCard = demoCard('Keep it how long?', {
  body: [
    { type: 'TextBlock', text: 'Keep it how long?', style: 'heading', size: 'Large', weight: 'Bolder' },
    {
      type: 'Input.Number',
      id: 'days',
      label: 'Days',
      isRequired: true,
      errorMessage: 'Say how many days.',
      min: 1,
      max: 99,
    },
    { type: 'Input.Text', id: 'reason', label: 'Reason', placeholder: 'Change or ticket' },
    {
      type: 'Input.ChoiceSet',
      id: 'tier',
      label: 'Tier',
      value: 'vault',
      choices: [
        { title: 'Vault', value: 'vault' },
        { title: 'Snapshot', value: 'snapshot' },
      ],
    },
  ],
  actions: [
    button('keep', 'Keep', { style: 'positive' }),
    { type: 'Action.OpenUrl', title: 'Read more', url: 'https://example.com/' },
  ],
});

const approvalCard = demoCard('Approve the test failover of erp-prod-01?', {
  actions: [
    button('approve', 'Approve', { style: 'positive' }),
    button('reject', 'Reject'),
    button('crash', 'Details'),
  ],
  refresh: { action: button('view', 'View'), userIds: ['29:priya-nair'] },
});

const attach = (card: object) => ({
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
});

const invokeCard = (card: object) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});

/** A bot that shows, word by word, everything that the practice chat can do. */
export async function demoBot(turn: FakeTurn): Promise<unknown> {
  const { activity } = turn;
  if (activity.type === 'invoke') return answerInvoke(turn);
  if (activity.type !== 'message') return undefined;
  const words = (activity.text ?? '').replace(/<at>.*?<\/at>/g, '').trim();
  await (sentences[words] ?? echo)(turn, words);
  return undefined;
}

const echo = async ({ send, activity }: FakeTurn, words: string) => {
  await send({ text: words === '' ? `submitted ${JSON.stringify(activity.value)}` : `echo: ${words}` });
};

const sentences: Readonly<Record<string, (turn: FakeTurn, words: string) => Promise<unknown>>> = {
  status: ({ send }) => send({ summary: 'sql-prod-01 is protected', ...attach(demoCard('sql-prod-01')) }),
  form: ({ send }) => send(attach(formCard)),
  approval: ({ send }) => send(attach(approvalCard)),
  markdown: ({ send }) =>
    send({
      text: '**Bold**, _italic_, [a link](https://example.com) and <b>no html</b>\n\n- one\n- two\n\n# no heading',
    }),
  suggest: ({ send }) =>
    send({
      text: 'What now?',
      suggestedActions: {
        actions: [
          { type: 'imBack', title: 'Status', value: 'status' },
          { type: 'imBack', title: 'Form', value: 'form' },
        ],
      },
    }),
  typing: ({ send }) => send({ type: 'typing' }),
  big: ({ send }) => send({ text: 'x'.repeat(29 * 1024) }).catch(() => undefined),
  both: ({ send }) => send({ text: 'Text beside a card', ...attach(demoCard('vm')) }),
  edit: async (turn) => change(turn, await turn.send({ text: 'Working…' }), 'PUT'),
  delete: async (turn) => change(turn, await turn.send({ text: 'Oops' }), 'DELETE'),
};

async function change({ call, activity }: FakeTurn, id: string, method: 'PUT' | 'DELETE'): Promise<void> {
  const path = `/v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities/${id}`;
  await call(method, path, method === 'PUT' ? { type: 'message', text: 'Done.' } : undefined);
}

async function answerInvoke({ activity, call }: FakeTurn): Promise<unknown> {
  const { action } = activity.value as { action: { verb: string; data: Record<string, unknown> } };
  const path = `/v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities/${activity.replyToId}`;
  const answers: Readonly<Record<string, () => unknown>> = {
    keep: () => ({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: `Kept ${String(action.data.days)} days (${String(action.data.tier)})`,
    }),
    reject: () => ({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: 'NotYou', message: 'You asked for it, so somebody else decides.' },
    }),
    view: () => invokeCard(demoCard(`For ${activity.from.name} only`, { actions: [button('approve', 'Approve now')] })),
    approve: async () => {
      await call('PUT', path, { type: 'message', ...attach(demoCard(`Approved by ${activity.from.name}`)) });
      return invokeCard(demoCard('Thank you'));
    },
  };
  const answer = answers[action.verb];
  if (!answer) throw new Error('no such verb');
  return answer();
}
