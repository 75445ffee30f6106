/**
 * JSON as the front door reads it: I-JSON (RFC 7493 §2) with the spelling of
 * numbers kept. `JSON.parse` would take the last of two members of one name and
 * lose how a number was written, so that two programs could see different things
 * in one token.
 */

/** A number as it was written. */
export class NumberText {
  constructor(readonly text: string) {}
}

export type Value = string | boolean | null | NumberText | Value[] | Members;

/** The members of an object, in their order. */
export type Members = Map<string, Value>;

/** How deep objects and arrays may nest. */
const MAX_DEPTH = 8;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// A string without control characters, and escapes as RFC 8259 §7 has them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;

/** What is wrong with something that was read. It never holds a piece of it. */
export class FormError extends Error {
  override readonly name = 'FormError';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one JSON object: UTF-8, no name twice in the same object at any depth, no
 * half of a surrogate pair, nothing after it, nested at most 8 deep.
 *
 * @throws FormError
 */
export function parseObject(bytes: Uint8Array): Members {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new FormError('not UTF-8');
  }
  const reader = new Reader(text);
  const value = reader.value(1);
  reader.end();
  if (!(value instanceof Map)) throw new FormError('not a JSON object');
  return value;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Skips space and reports whether `c` stands there; if so it is passed. */
  private next(c: string): boolean {
    this.match(SPACE);
    if (this.text[this.at] !== c) return false;
    this.at++;
    return true;
  }

  private expect(c: string): void {
    if (!this.next(c)) throw new FormError('not JSON');
  }

  end(): void {
    this.match(SPACE);
    if (this.at !== this.text.length) throw new FormError('not one JSON value');
  }

  value(depth: number): Value {
    this.match(SPACE);
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
    }
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const number = this.match(NUMBER);
    if (number === undefined) throw new FormError('not JSON');
    return new NumberText(number);
  }

  private object(depth: number): Members {
    if (depth > MAX_DEPTH) throw new FormError('nested too deep');
    const members: Members = new Map();
    this.expect('{');
    if (this.next('}')) return members;
    do {
      this.match(SPACE);
      const name = this.string();
      if (members.has(name)) throw new FormError('duplicate member');
      this.expect(':');
      members.set(name, this.value(depth + 1));
    } while (this.next(','));
    this.expect('}');
    return members;
  }

  private array(depth: number): Value[] {
    if (depth > MAX_DEPTH) throw new FormError('nested too deep');
    const list: Value[] = [];
    this.expect('[');
    if (this.next(']')) return list;
    do list.push(this.value(depth + 1));
    while (this.next(','));
    this.expect(']');
    return list;
  }

  private string(): string {
    const raw = this.match(STRING);
    if (raw === undefined) throw new FormError('not JSON');
    const text: string = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1);
    // U+FFFD is what other readers make of half a pair; none of our strings has it.
    if (LONE.test(text) || text.includes('\ufffd')) throw new FormError('half a surrogate pair');
    return text;
  }
}

const WORDS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];
const LONE = /\p{Surrogate}/u;

/**
 * Reads named members of an object and throws at the first that is wrong. Its
 * errors name the member, never its value.
 */
export class MemberReader {
  constructor(readonly members: Members) {}

  has(name: string): boolean {
    return this.members.has(name);
  }

  fail(name: string, why: string): never {
    throw new FormError(`member ${name}: ${why}`);
  }

  required(name: string): Value {
    const value = this.members.get(name);
    return value === undefined ? this.fail(name, 'missing') : value;
  }

  /** A string that is not empty. */
  text(name: string): string {
    const value = this.required(name);
    return typeof value === 'string' && value !== '' ? value : this.fail(name, 'wrong form');
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  /** A UUID in lower case with its four hyphens (RFC 9562 §4). */
  uuid(name: string): string {
    const text = this.text(name);
    return isUUID(text) ? text : this.fail(name, 'wrong form');
  }

  list(name: string): Value[] {
    const value = this.required(name);
    return Array.isArray(value) ? value : this.fail(name, 'wrong form');
  }

  /** A list of strings, none of them empty. */
  texts(name: string): string[] {
    return this.list(name).map((member) =>
      typeof member === 'string' && member !== '' ? member : this.fail(name, 'wrong form'),
    );
  }

  optionalTexts(name: string): string[] {
    return this.has(name) ? this.texts(name) : [];
  }

  /** A number without sign, fraction, exponent or leading zero, at most 2^53 - 1. */
  integer(name: string, limit = Number.MAX_SAFE_INTEGER): number {
    const value = this.required(name);
    if (!(value instanceof NumberText) || !/^(?:0|[1-9]\d{0,15})$/.test(value.text)) this.fail(name, 'wrong form');
    const n = Number(value.text);
    return n <= limit ? n : this.fail(name, 'wrong form');
  }

  /** A NumericDate (RFC 7519 §2) of a whole second until the year 9999. */
  date(name: string): number {
    return this.integer(name, 253402300799) || this.fail(name, 'wrong form');
  }
}

/** Reports whether `text` is a UUID in the one form that Sallyport writes. */
export function isUUID(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}

/** Values as JavaScript has them, for claims that have no name here. */
export function plain(value: Value): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  // Without a prototype, "__proto__" is a name like another.
  if (value instanceof Map) {
    const object: Record<string, unknown> = Object.create(null);
    for (const [name, member] of value) object[name] = plain(member);
    return object;
  }
  return value;
}
