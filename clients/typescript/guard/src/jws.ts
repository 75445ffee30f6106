/**
 * The front door: compact JWS (RFC 7515 §7.1) in their one spelling.
 *
 * Form is checked here, before anything else, because JOSE libraries take altered
 * forms of a valid token; `jose` verifies the signature alone. The algorithm is
 * fixed by the key and the header must say the same (RFC 8725 §3.1); `kid` only
 * selects. Every header member but `alg`, `kid` and `typ` is refused, so nothing
 * in a token can point anywhere.
 */
import { type CryptoKey, compactVerify } from 'jose';
import { decode } from './base64url.js';
import { FormError, MemberReader, parseObject } from './json.js';

/** The type of access tokens (RFC 9068 §2.1). */
export const ACCESS_TOKEN = 'at+jwt';
/** The type of a page of the revocation feed. */
export const REVOCATIONS = 'revocations+jwt';

/** The most characters that an access token may have. Ours have some 600. */
export const MAX_TOKEN = 8 << 10;

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

/** A public key with its one algorithm. */
export interface VerifyingKey {
  readonly algorithm: Algorithm;
  readonly key: CryptoKey;
}

/** A JWS whose form was read and whose signature was not: nothing in it may be believed. */
export interface Message {
  readonly algorithm: string;
  readonly keyID: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly raw: string;
}

/**
 * Reads a compact JWS of the type `type`.
 *
 * @throws FormError
 */
export function parse(raw: string, type: string, limit = MAX_TOKEN): Message {
  if (raw === '' || raw.length > limit) throw new FormError('empty or too long');
  const [head, body, tail, ...more] = raw.split('.');
  if (!head || body === undefined || !tail || more.length > 0) throw new FormError('not three segments');
  const [header, payload, signature] = [decode(head), decode(body), decode(tail)];
  const members = parseObject(header);
  for (const name of members.keys()) {
    // Not named: it is a stranger's text.
    if (name !== 'alg' && name !== 'kid' && name !== 'typ') throw new FormError('unknown header member');
  }
  const reader = new MemberReader(members);
  if (reader.text('typ') !== type) throw new FormError('another typ');
  return { algorithm: reader.text('alg'), keyID: reader.text('kid'), payload, signature, raw };
}

/**
 * Verifies the signature by the key's own algorithm, and that it is the only
 * spelling of itself.
 *
 * @throws FormError
 */
export async function verify(message: Message, key: VerifyingKey): Promise<void> {
  if (message.algorithm !== key.algorithm) throw new FormError("algorithm is not the key's");
  if (key.algorithm === 'ES256' && !lowS(message.signature)) throw new FormError('signature is not canonical');
  try {
    await compactVerify(message.raw, key.key, { algorithms: [key.algorithm] });
  } catch {
    throw new FormError('signature is wrong');
  }
}

/** Half the order of P-256. */
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/**
 * Reports whether an ES256 signature has the smaller of the two values of s that
 * verify. Who has a signature (r, s) can compute (r, n-s).
 */
function lowS(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  let s = 0n;
  for (const byte of signature.subarray(32)) s = (s << 8n) | BigInt(byte);
  return s <= HALF_ORDER;
}
