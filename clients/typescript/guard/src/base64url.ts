import { FormError } from './json.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...ALPHABET].map((c, n) => [c, n]));

/** Writes base64url without padding (RFC 4648 §5). */
export function encode(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET.charAt(bits >> 18) + ALPHABET.charAt((bits >> 12) & 63);
    if (b !== undefined) text += ALPHABET.charAt((bits >> 6) & 63);
    if (c !== undefined) text += ALPHABET.charAt(bits & 63);
  }
  return text;
}

/**
 * Reads the one spelling that {@link encode} writes: no padding, no line ends, and
 * unused bits zero. Decoders of the platform take other spellings of the same
 * bytes, so that one token would have many.
 *
 * @throws FormError
 */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const c of text) {
    const value = VALUES.get(c);
    if (value === undefined) throw new FormError('not canonical base64url');
    bits = ((bits << 6) | value) & 0xfff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 0xff;
    }
  }
  if (held >= 6 || (bits & ((1 << held) - 1)) !== 0) throw new FormError('not canonical base64url');
  return bytes;
}
