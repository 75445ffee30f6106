/** A user, as GET /auth/me answers it. */
export interface User {
  id: string;
  email: string;
  email_verified: boolean;
  name: string;
  roles: string[];
  [member: string]: unknown;
}

/** What is kept of a sign-in. */
export interface Held {
  access: string;
  refresh: string;
  session: string;
  /** Number of the refresh token within the session. */
  generation: number;
  /** When the access token expires, by this machine's clock. */
  expiresAt: number;
  /** When it is time to renew it: a minute, or a tenth of its life, before that. */
  renewAt: number;
  user: User;
}

type Message =
  | { type: 'ask' }
  | { type: 'have' | 'renewed' | 'signed_in'; held: Held | undefined }
  | { type: 'ended'; session: string; reason: string };

/** How long others have for an answer, in milliseconds. */
const ASK = 100;

/**
 * One sign-in over all tabs of an origin. Each tab keeps it in memory and tells the
 * others what changes; a storage is used only if there is one. Of two states of one
 * session the newer counts: the higher generation, then the later expiry, and of equals
 * the same in every tab.
 */
export class Store {
  private held: Held | undefined;
  private readonly ended = new Set<string>();
  private readonly channel: BroadcastChannel | undefined;
  /** Hears what this tab itself sends, as the other tabs do. */
  private readonly echo: BroadcastChannel | undefined;
  private answered: (() => void) | undefined;

  /**
   * @param changed is told of another user, or of none and why
   */
  constructor(
    private readonly name: string,
    private readonly storage: Storage | undefined,
    private readonly changed: (user: User | undefined, reason: string) => void,
  ) {
    if (typeof BroadcastChannel === 'function') {
      this.channel = new BroadcastChannel(name);
      this.channel.onmessage = ({ data }) => this.hear(data as Message);
      this.echo = new BroadcastChannel(name);
    }
  }

  /** What is held now. */
  get(): Held | undefined {
    if (this.storage) {
      try {
        const text = this.storage.getItem(this.name);
        const stored: Held | undefined = text ? JSON.parse(text) : undefined;
        if (stored) this.take(stored, stored.session !== this.held?.session);
      } catch {
        // Somebody else wrote there, or it may not be read: what is in memory counts.
      }
    }
    return this.held;
  }

  /** Asks the other tabs what they hold, and waits for the first that answers. */
  async sync(): Promise<void> {
    if (!this.channel) return;
    const first = new Promise<void>((resolve) => {
      this.answered = resolve;
    });
    this.send({ type: 'ask' });
    await Promise.race([first, new Promise((resolve) => setTimeout(resolve, ASK))]);
  }

  /** Begins another session, here and in the other tabs. */
  begin(held: Held): void {
    this.take(held, true);
    this.send({ type: 'signed_in', held });
  }

  /**
   * Goes on with newer tokens of a session. Those of another, or older ones, are
   * dropped. It waits until the message is on its way to every tab, before the lock is
   * given to the next: that one asks all tabs, and the first to answer may be one that
   * has not read it yet.
   */
  async renew(held: Held): Promise<void> {
    if (this.get()?.session !== held.session) return;
    this.take(held, false);
    const { echo } = this;
    if (!echo) return;
    const heard = new Promise<void>((resolve) => {
      echo.onmessage = ({ data }) => {
        if ((data as Message).type === 'renewed') resolve();
      };
    });
    this.send({ type: 'renewed', held: this.held });
    await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, ASK))]);
    echo.onmessage = null;
  }

  /** Ends a session, here and in the other tabs. */
  end(session: string, reason: string): void {
    this.forget(session, reason);
    this.send({ type: 'ended', session, reason });
  }

  close(): void {
    this.channel?.close();
    this.echo?.close();
  }

  private send(message: Message): void {
    this.channel?.postMessage(message);
  }

  private hear(message: Message): void {
    switch (message.type) {
      case 'ask':
        if (this.get()) this.send({ type: 'have', held: this.held });
        break;
      case 'ended':
        this.forget(message.session, message.reason);
        break;
      default:
        if (message.held) this.take(message.held, message.type === 'signed_in');
        if (message.type === 'have') this.answered?.();
    }
  }

  private take(held: Held, replace: boolean): void {
    const { held: now } = this;
    if (this.ended.has(held.session)) return;
    if (now && !replace) {
      const newer =
        held.generation - now.generation || held.expiresAt - now.expiresAt || (held.access > now.access ? 1 : 0);
      if (held.session !== now.session || newer <= 0) return;
    }
    this.held = held;
    this.write(JSON.stringify(held));
    if (held.user.id !== now?.user.id) this.tell(held.user, 'signed_in');
  }

  private forget(session: string, reason: string): void {
    this.ended.add(session);
    if (this.get()?.session !== session) return;
    this.held = undefined;
    this.write();
    this.tell(undefined, reason);
  }

  /** Afterwards, so that the program that is told finds everything in place. */
  private tell(user: User | undefined, reason: string): void {
    queueMicrotask(() => this.changed(user, reason));
  }

  private write(text?: string): void {
    try {
      if (text) this.storage?.setItem(this.name, text);
      else this.storage?.removeItem(this.name);
    } catch {
      // Full or forbidden: this tab goes on in memory.
    }
  }
}
