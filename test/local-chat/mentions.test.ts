import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asHtml, withMentions } from '../../src/local-chat/turns/mentions.ts';

const known = [
  { id: '28:bot', name: 'Vaultkeeper' },
  { id: '29:ana', name: 'Ana' },
  { id: '29:ana-souza', name: 'Ana Souza' },
];
const textOf = (text: string) => withMentions(text, known).text;

describe('mentions', () => {
  it('are written as Teams writes them, in any case, and name the one they mean', () => {
    assert.deepEqual(withMentions('@vaultkeeper ask @Ana Souza', known), {
      text: '<at>Vaultkeeper</at> ask <at>Ana Souza</at>',
      mentions: [
        { text: '<at>Vaultkeeper</at>', id: '28:bot', name: 'Vaultkeeper' },
        { text: '<at>Ana Souza</at>', id: '29:ana-souza', name: 'Ana Souza' },
      ],
    });
  });

  it('are not found inside addresses or longer words', () => {
    for (const text of ['me@vaultkeeper', 'x.@Ana', '@Analyst', '@vaultkeepers', '@Ana_1'])
      assert.equal(textOf(text), text);
    assert.equal(textOf('(@Ana), @ana!'), '(<at>Ana</at>), <at>Ana</at>!');
  });

  it('leave all other text as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
        const clean = [before, after].map((part) => part.replaceAll('@', ''));
        const { text, mentions } = withMentions(`${clean[0]} @Vaultkeeper ${clean[1]}`, known);
        assert.equal(text, `${clean[0]} <at>Vaultkeeper</at> ${clean[1]}`);
        assert.equal(mentions.length, 1);
      }),
    );
  });

  it('never let markup of the person’s into the rich form', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const html = asHtml(withMentions(`@Ana ${text}`, known));
        const rest = html.replaceAll(/<\/?(?:div|span|br)\b[^<>]*>/g, '');
        assert.doesNotMatch(rest, /[<>]/);
      }),
    );
    assert.equal(
      asHtml(withMentions('<b>&\n@Ana', known)),
      '<div>&#60;b&#62;&#38;<br><span itemscope itemtype="http://schema.skype.com/Mention" itemid="0">Ana</span></div>',
    );
  });
});
