import assert from 'node:assert/strict';
import { messageOf, type Trial, withBot } from './support/bot.ts';
import { homeTenant, memberOf } from './support/connector.ts';

const partner = '7b0c7d8e-0000-4000-8000-000000000002';
const stranger = '7b0c7d8e-0000-4000-8000-000000000003';

/** How Teams' roster may tell that somebody is a guest. */
const guests: Readonly<Record<string, object>> = {
  'by their tenant': { tenantId: partner },
  'by their role': { tenantId: partner, userRole: 'guest' },
  'by their role alone': { userRole: 'Guest' },
  'by their name': { userPrincipalName: 'ana_contoso.com#EXT#@fabrikam.onmicrosoft.com' },
  'without a tenant': { tenantId: null, userRole: 'guest' },
};

async function says({ connector, post, heard }: Trial, member: object): Promise<'heard' | 'refused'> {
  connector.members.set('29:ana', { ...memberOf('29:ana'), ...member });
  const before = heard.length;
  await post(messageOf(connector));
  if (heard.length > before) return 'heard';
  assert.match(JSON.stringify(connector.messages().at(-1)?.body), /Guests cannot use this bot/);
  return 'refused';
}

describe('guests', () => {
  for (const [how, member] of Object.entries(guests))
    it(`are not heard unless a setting names their tenant: told ${how}`, async () => {
      await withBot({}, async (trial) => assert.equal(await says(trial, member), 'refused'));
      await withBot({ guestTenants: [stranger] }, async (trial) => assert.equal(await says(trial, member), 'refused'));
    });

  const named: readonly (readonly [member: object, answer: 'heard' | 'refused'])[] = [
    [{ tenantId: partner, userRole: 'guest' }, 'heard'],
    [{ tenantId: stranger, userRole: 'guest' }, 'refused'],
    [{ tenantId: null, userRole: 'guest' }, 'refused'],
    [{ userRole: 'guest' }, 'refused'],
  ];
  for (const [member, answer] of named)
    it(`of a tenant that is named are heard, and of no other: ${JSON.stringify(member)} is ${answer}`, async () => {
      await withBot({ guestTenants: [partner.toUpperCase()] }, async (trial) => {
        assert.equal(await says(trial, member), answer);
      });
    });

  it('are heard from everywhere when the own tenant is named and the roster names no other', async () => {
    await withBot({ guestTenants: [homeTenant] }, async (trial) => {
      assert.equal(await says(trial, guests['by their role alone'] ?? {}), 'heard');
    });
  });

  it('never hear for somebody else: the roster must name the object id that speaks', async () => {
    await withBot({ guestTenants: [partner] }, async ({ connector, post, heard }) => {
      const other = { aadObjectId: stranger, tenantId: partner, userRole: 'guest' };
      connector.members.set('29:ana', { ...memberOf('29:ana'), ...other });
      await post(messageOf(connector));
      assert.deepEqual(heard, []);
    });
  });

  it('who are refused are in the log with the tenant that the roster names, so that it can be allowed', async () => {
    await withBot({}, async (trial) => {
      await says(trial, { tenantId: partner, userRole: 'guest' });
      const told = trial.logged.find(({ text }) => text.includes('ALLOWED_GUEST_TENANTS'));
      assert.deepEqual(told?.fields, { guestOf: partner });
    });
  });
});
