import type { TurnContext } from 'botbuilder';
import { say } from '../../message.ts';
import type { BotOptions, Person } from '../options.ts';
import { oauthCard, oauthCardType } from './sso.ts';

/** A token lives about an hour; whoever could not be signed in is not bothered with every sentence. */
const pauseMilliseconds = 50 * 60 * 1000;
const mostPeople = 5000;

/** Asks Teams for a token when somebody writes in their own chat, so that what they ask for and confirm by typing can start at once. */
export class SsoOffers {
  readonly #options: Pick<BotOptions, 'signIn' | 'speech' | 'now'>;
  readonly #asked = new Map<string, number>();

  constructor(options: Pick<BotOptions, 'signIn' | 'speech' | 'now'>) {
    this.#options = options;
  }

  /** Sends the card that Teams answers by itself; nothing when it is not needed, or was sent a while ago. */
  async offer(turn: TurnContext, { actor, reader, conversationKind }: Person): Promise<void> {
    const { signIn, speech, now } = this.#options;
    if (signIn === undefined || conversationKind !== 'personal' || signIn.isSignedIn(actor)) return;
    const key = `${actor.tenantId} ${actor.oid}`;
    const at = now().getTime();
    if (at - (this.#asked.get(key) ?? 0) < pauseMilliseconds) return;
    if (this.#asked.size >= mostPeople) this.#asked.clear();
    this.#asked.set(key, at);
    const text = speech.speakerFor({ ...reader, now: now() })(say('card.sign-in'));
    await turn.sendActivity({
      attachments: [{ contentType: oauthCardType, content: oauthCard(signIn.resource, text) }],
    });
  }
}
