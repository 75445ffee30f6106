import { FormError, MemberReader, parseObject } from './json.js';

/** What a revocation is about: a token, a session, a user, a client. */
export type RevocationKind = 'jti' | 'sid' | 'sub' | 'client';

/** One revocation of the feed. */
export interface Entry {
  readonly number: number;
  readonly mark: string | undefined;
  readonly kind: string;
  readonly value: string;
  /** The epoch below which an entry of a `sub` or `client` refuses; each of these has one. */
  readonly epoch: number | undefined;
  /** When the last token that it can refuse has expired, in seconds since 1970. */
  readonly expiresAt: number;
}

/** A page of the feed (GET /revocations), read out of a JWS whose signature is good. */
export interface Page {
  readonly issuedAt: number;
  readonly history: string;
  readonly from: number;
  /** What the server holds at `from`, if it holds anything. */
  readonly fromMark: string | undefined;
  readonly to: number;
  /** The mark of `to`, if there is one. */
  readonly mark: string | undefined;
  /** The newest number that the server knows. */
  readonly head: number;
  /** Milliseconds from the start of the server's read to the signature. */
  readonly age: number;
  readonly entries: readonly Entry[];
}

/** What was asked for. A page that answers something else is refused. */
export interface Question {
  readonly issuer: string;
  readonly clientId: string;
  readonly nonce: string;
  readonly from: number;
}

/** The most bytes of a page's JWS; it has 10,000 entries at most. */
export const MAX_PAGE = 8 << 20;
const MAX_ENTRIES = 10_000;

/**
 * Reads a page as the answer to a question.
 *
 * @throws FormError
 */
export function parsePage(payload: Uint8Array, question: Question): Page {
  const r = new MemberReader(parseObject(payload));
  if (r.text('iss') !== question.issuer) r.fail('iss', 'not ours');
  if (r.text('aud') !== question.clientId) r.fail('aud', 'not ours');
  if (r.text('nonce') !== question.nonce) r.fail('nonce', 'of another request');
  const page: Page = {
    issuedAt: r.date('iat'),
    history: r.text('history'),
    from: r.integer('from'),
    fromMark: r.optionalText('from_mark'),
    to: r.integer('to'),
    mark: r.optionalText('mark'),
    head: r.integer('head'),
    age: r.integer('age'),
    entries: entries(r),
  };
  if (page.from !== question.from) r.fail('from', 'not what was asked for');
  consistent(page);
  return page;
}

function entries(r: MemberReader): Entry[] {
  const list = r.list('entries');
  if (list.length > MAX_ENTRIES) r.fail('entries', 'too many');
  return list.map((value) => {
    if (!(value instanceof Map)) return r.fail('entries', 'wrong form');
    const e = new MemberReader(value);
    return {
      number: e.integer('n'),
      mark: e.optionalText('m'),
      kind: e.text('k'),
      value: e.text('v'),
      epoch: e.has('e') || needsEpoch(e.text('k')) ? e.integer('e') : undefined,
      expiresAt: e.date('x'),
    };
  });
}

/** Reports whether entries of a kind refuse by epoch. Without one they would refuse the tokens of later sign-ins, too. */
function needsEpoch(kind: string): boolean {
  return kind === 'sub' || kind === 'client';
}

/** Refuses a page whose numbers contradict each other. */
function consistent(page: Page): void {
  let last = page.from;
  for (const entry of page.entries) {
    if (entry.number <= last) throw new FormError('entries out of order');
    last = entry.number;
  }
  const { from, to, head, fromMark, mark } = page;
  if (head < from) {
    // The database lost what it had; what that means is for the follower to say.
    if (to !== head || page.entries.length > 0) throw new FormError('numbers contradict each other');
    return;
  }
  // Only behind the last entry of all may there be numbers whose entries expired.
  if (last > to || to > head || (last !== to && to !== head)) throw new FormError('numbers contradict each other');
  const newest = page.entries.at(-1);
  const other = newest?.number === to ? newest.mark : to === from ? (fromMark ?? mark) : mark;
  if (to > 0 && other !== mark) throw new FormError('marks contradict each other');
}
