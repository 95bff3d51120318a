import type { Message } from '../../src/local-chat/wire.ts';
import { cardText } from './chat.ts';
import { type Product, startProduct } from './product.ts';

/** How Ana, an on-call engineer, talks with a product of her own in every test. */
export interface Conversation {
  /** The product of the test that runs. */
  readonly product: Product;
  /** All that a card says to her. */
  readonly words: (card: Message) => string;
  /** Resolves when a card says so. @throws Error after 20 seconds without it. */
  readonly until: (card: Message, pattern: RegExp) => Promise<void>;
  /** Says something, in a group with the bot's name before it; answers with the card that comes back. */
  readonly ask: (text: string, where?: Where) => Promise<Message>;
}

type Where = 'personal' | 'group';

/** To be called inside `describe`: starts a product before each of its tests, and ends it after. */
export function converse(usually: Where, options: Parameters<typeof startProduct>[0] = {}): Conversation {
  let product: Product;
  beforeEach(async () => {
    product = await startProduct(options);
  });
  afterEach(async () => {
    await product[Symbol.asyncDispose]();
  });
  const words = (card: Message): string => cardText(product.chat.card('ana-souza', card));
  return {
    get product() {
      return product;
    },
    words,
    until: async (card, pattern) => {
      const said = () => pattern.test(words(card)) || undefined;
      await product.chat.waitFor(said, { what: `${pattern} on the card`, within: 20_000 });
    },
    ask: async (text, where = usually) =>
      await product.chat.ask('ana-souza', where, where === 'group' ? `@Vaultkeeper ${text}` : text),
  };
}
