import assert from 'node:assert/strict';
import type { Outgoing, PostPort } from '../../src/posts/index.ts';

/** What the bot has said by itself, as the conversations look: messages by id, in the order in which they stand there. */
export class PostedMessages implements PostPort {
  readonly messages = new Map<string, Outgoing & { readonly conversationId: string }>();
  /** The chat does not answer. */
  down = false;
  /** The bot is no longer in this conversation. */
  gone: string | undefined;
  posted = 0;

  post(conversationId: string, what: Outgoing): Promise<{ readonly messageId: string } | 'gone'> {
    if (this.down) return Promise.reject(new Error('the chat does not answer'));
    if (this.gone === conversationId) return Promise.resolve('gone');
    this.posted += 1;
    this.messages.set(`m${this.posted}`, { ...what, conversationId });
    return Promise.resolve({ messageId: `m${this.posted}` });
  }

  update(conversationId: string, messageId: string, what: Outgoing): Promise<void> {
    this.messages.set(messageId, { ...what, conversationId });
    return Promise.resolve();
  }

  remove(_conversationId: string, messageId: string): Promise<void> {
    this.messages.delete(messageId);
    return Promise.resolve();
  }

  /** Where each message is, the ids of its title and parts, and the operations of its buttons. */
  get shown() {
    return [...this.messages.values()].map(({ conversationId, screen }) => {
      assert.ok(screen.screen === 'notice' || screen.screen === 'answer');
      const said = screen.screen === 'notice' ? screen.notice : screen.answer;
      const sections = screen.screen === 'answer' ? (screen.answer.sections ?? []) : [];
      assert.ok(typeof said.title === 'object' && 'message' in said.title);
      const buttons = (said.suggestions ?? []).map(({ wish }) => wish.operation);
      return { conversationId, title: said.title.message, parts: sections.map(({ title }) => title), buttons };
    });
  }
}
