import assert from 'node:assert/strict';
import { cardText } from '../support/chat.ts';
import { type Product, startProduct } from '../support/product.ts';

describe('bad input', () => {
  let product: Product;

  before(async () => {
    product = await startProduct();
  });

  after(async () => {
    await product[Symbol.asyncDispose]();
  });

  const ask = async (text: string): Promise<string> => {
    const { chat } = product;
    return cardText(chat.card('ana-souza', await chat.ask('ana-souza', 'personal', text)));
  };

  const changes = async (): Promise<number> => {
    const log = await product.simulator.log();
    return log.filter(({ method, path }) => method !== 'GET' && !/resourcegraph|backupstatus/i.test(path)).length;
  };

  it('of a VM that does not exist is answered with near names', async () => {
    const said = await ask('is sql-prod-91 protected?');
    assert.match(said, /sql-prod-01/);
  });

  it('never takes a near name for a change', async () => {
    const said = await ask('back up sql-prod-91');
    assert.match(said, /sql-prod-01/);
    assert.doesNotMatch(said, /Takes a backup/);
    await ask('cancel');
  });

  it('of a name that is like nothing says so', async () => {
    assert.match(await ask('is zzqqxx-77 protected?'), /zzqqxx-77/);
    await ask('cancel');
  });

  it('of a date in the past names the limit, keeps the rest and takes a better one', async () => {
    const said = await ask('back up sql-prod-01 until 1 January 2020');
    assert.match(said, /past|ahead|future/i);
    assert.match(await ask('90 days'), /Takes a backup of sql-prod-01/);
    await ask('cancel');
  });

  it('of a date beyond what Azure keeps names the limit', async () => {
    assert.match(await ask('back up sql-prod-01, keep it for 40000 days'), /9,?999|2054/);
    await ask('cancel');
  });

  for (const [what, text] of [
    ['spaces', '   '],
    ['ten thousand characters', 'x '.repeat(5000)],
    ['emoji', '🔥🔥🔥'],
    ['HTML', '<b onclick=alert(1)>back</b><script>up</script>'],
    ['right-to-left text', '\u202Eהאם השרת מוגן\u202C'],
    ['something like a template', '$' + '{sql-prod-01} $' + '{x} {{y}} @{z}'],
    ['nonsense', 'colourless green ideas sleep furiously'],
  ] as const) {
    it(`of ${what} gets a short helpful answer and does nothing`, async () => {
      const before = await changes();
      const { chat } = product;
      const said = what === 'spaces' ? await ask('@Vaultkeeper    ') : await ask(text);
      assert.ok(said.length > 10 && said.length < 4000, said);
      assert.doesNotMatch(said, /\$\{/);
      assert.equal(await changes(), before);
      // These questions come faster than people ask, so Teams' limit of seven messages a second is met.
      assert.deepEqual(
        chat.view('ana-souza', 'personal').notices.filter(({ code }) => code !== 'Throttled'),
        [],
      );
    });
  }

  it('of a button with foreign data is refused and does nothing', async () => {
    const { chat } = product;
    const card = await chat.ask('ana-souza', 'group', '@Vaultkeeper back up sql-prod-01');
    const before = await changes();
    const forged = [
      { verb: 'decide', data: { runId: '00000000-0000-4000-8000-000000000000', version: 1, decision: 'approve' } },
      { verb: 'decide', data: { runId: 'x' } },
      { verb: 'wish', data: { operation: 'failover.start', parameters: {} } },
      { verb: 'wish', data: { operation: 'backup.start', parameters: { vm: '/subscriptions/x' } } },
      { verb: 'drop-tables', data: {} },
    ];
    for (const action of forged)
      assert.notEqual((await chat.execute('luca-ferri', card, action)).kind, 'error', action.verb);
    assert.equal(await changes(), before);
    await chat.ask('ana-souza', 'group', '@Vaultkeeper cancel');
  });

  it('of a stale card says what happened and does nothing', async () => {
    const { chat } = product;
    const card = await chat.ask('ana-souza', 'personal', 'back up sql-prod-02');
    const stale = chat.card('ana-souza', card);
    await chat.click('ana-souza', card, 'Cancel');
    const before = await changes();
    const start = JSON.stringify(stale);
    const data = /"data":(\{[^{}]*"decision":"confirm"[^{}]*\})/.exec(start)?.[1] ?? '{}';
    const answer = await chat.execute('ana-souza', card, { verb: 'decide', data: JSON.parse(data) as unknown });
    assert.match(JSON.stringify(answer), /withdrawn|Withdrawn/);
    assert.equal(await changes(), before);
  });
});
