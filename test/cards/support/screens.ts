import { say } from '../../../src/message.ts';
import type { Screen } from '../../../src/operations/screen.ts';
import { news, reminders } from './by-itself.ts';

const show = { operation: 'protection.show', parameters: { vm: '/subscriptions/x/vm' } };

/** Screens as the product shows them, by template; several samples each. */
export const screens: Readonly<Record<'answer' | 'list' | 'question' | 'notice', readonly Screen[]>> = {
  answer: [
    {
      screen: 'answer',
      answer: {
        title: 'sql-prod-01 is protected',
        tone: 'good',
        lead: 'Last good recovery point 7 hours ago. Replication is 4 minutes behind.',
        sections: [
          {
            title: 'Backup',
            tone: 'good',
            facts: [
              { label: say('sample.vault'), value: 'rsv-prod-weu' },
              { label: say('sample.policy'), value: 'daily-60d' },
              { label: say('sample.point'), value: { time: '2026-11-21T05:02:00Z' } },
            ],
          },
          {
            title: 'Replication',
            tone: 'warning',
            lead: 'The last test failover is 8 months old.',
            facts: [
              { label: say('sample.target'), value: 'North Europe' },
              { label: say('sample.rpo'), value: { seconds: 240 } },
            ],
          },
          { title: 'Snapshots', tone: 'unknown', lead: 'Could not look: no access to rg-sql-snapshots.', facts: [] },
        ],
        notes: ['Backup and replication were read from the vaults just now.'],
        suggestions: [
          { title: 'Back up now', wish: { operation: 'backup.start', parameters: show.parameters } },
          { title: 'Recovery points', wish: { operation: 'recovery-point.list', parameters: show.parameters } },
        ],
      },
    },
    { screen: 'answer', answer: { title: 'No run is waiting', tone: 'neutral' } },
    {
      screen: 'answer',
      answer: {
        title: 'Lines to be copied',
        tone: 'neutral',
        lead: 'Each is whole, and has no markup.',
        copied: [
          "az snapshot create --resource-group 'rg-erp' --name 'erp-prod-01-os-4F7K' --source '/subscriptions/5f1c2a34-1111-4222-8333-94d7a6e1b001/resourceGroups/rg-erp/providers/Microsoft.Compute/disks/erp-prod-01_os_*'",
          "az snapshot delete --ids 'x'",
        ],
      },
    },
    ...news,
  ],
  list: [
    {
      screen: 'answer',
      answer: {
        title: '4 VMs of 31 have no working backup',
        tone: 'warning',
        items: [
          { title: 'web-prod-02', tone: 'bad', details: ['rg-web · westeurope', 'not in Azure Backup'], opens: show },
          {
            title: 'legacy-app-01',
            tone: 'warning',
            details: ['rg-legacy · westeurope', 'protection is stopped, old recovery points are kept'],
            opens: show,
          },
          { title: 'app-01', tone: 'bad', details: ['rg-erp · northeurope', 'not in Azure Backup'], opens: show },
          { title: 'app-01', tone: 'bad', details: ['rg-shop · northeurope', 'not in Azure Backup'], opens: show },
        ],
        notes: ['Read from Azure Resource Graph 2 minutes ago.'],
      },
    },
    {
      screen: 'answer',
      answer: {
        title: '40 recovery points',
        tone: 'neutral',
        items: Array.from({ length: 40 }, (_, day) => ({
          title: { time: new Date(Date.UTC(2026, 10, 21 - day, 5)).toISOString() },
          details: ['application-consistent · vault'],
        })),
      },
    },
  ],
  question: [
    {
      screen: 'question',
      question: {
        id: 'q1',
        title: 'Which app-01 do you mean?',
        lead: 'Two VMs have this name.',
        choices: [
          { value: 1, title: 'app-01 in rg-erp', details: 'North Europe · running' },
          { value: 2, title: 'app-01 in rg-shop', details: 'West Europe · stopped' },
        ],
        hint: 'The name of the resource group is an answer too.',
      },
    },
    {
      screen: 'question',
      question: {
        id: 'q2',
        title: 'Until when is it kept?',
        choices: [],
        hint: 'Say “60 days” or “until 31 January”.',
      },
    },
    {
      screen: 'question',
      question: { id: 'q3', title: 'Which app-01 do you mean?', choices: [], answered: 'app-01 in rg-erp' },
    },
  ],
  notice: [
    {
      screen: 'notice',
      notice: {
        tone: 'bad',
        title: 'You may not start a backup of sql-prod-01',
        lead: 'It needs the role Backup Operator on the vault rsv-prod-weu. Ask whoever manages that resource group.',
        facts: [{ label: say('card.fact.correlation'), value: '7d0a1f52-1111-4b7e-9c57-c0ffee000001' }],
        suggestions: [{ title: 'Show protection', wish: show }],
      },
    },
    {
      screen: 'notice',
      notice: {
        tone: 'neutral',
        title: 'Hello, I look after backups and recovery',
        lead: 'Ask “is sql-prod-01 protected?” or type help.',
      },
    },
    {
      screen: 'notice',
      notice: {
        tone: 'neutral',
        title: 'I am not sure what you want, so I did nothing. Did you mean one of these?',
        lead: 'Answer with a number, or type help.',
        numbered: [
          'To start a backup, type “back up sql-prod-01”',
          'To create snapshots of the disks of a VM, type “snapshot sql-prod-01”',
        ],
        suggestions: [{ title: 'Back up now', wish: show }],
      },
    },
    ...reminders,
  ],
};
