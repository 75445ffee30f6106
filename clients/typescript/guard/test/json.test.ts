import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../src/base64url.js';
import { FormError, MemberReader, parseObject, plain } from '../src/json.js';

const read = (text: string) => parseObject(new TextEncoder().encode(text));

test('objects are read as JSON.parse reads them', () => {
  for (const text of [
    '{}',
    ' { "a" : [ 1 , -2.5e+3 , true , false , null , "x\\u00e9\\n\\\\" ] , "b" : { "c" : { } } } ',
    '{"a":"\\ud83d\\ude00","é":"😀"}',
    '{"":0}',
  ]) {
    assert.deepEqual(JSON.parse(JSON.stringify(plain(read(text)))), JSON.parse(text), text);
  }
});

test('what has two readings is refused', () => {
  const deep = (n: number) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`;
  assert.doesNotThrow(() => read(deep(8)));
  for (const [why, text] of Object.entries({
    'a member twice': '{"a":1,"a":1}',
    'a member twice, once escaped': '{"a":1,"\\u0061":1}',
    'a member twice below': '{"b":{"a":1,"a":2}}',
    'half a pair': '{"a":"\\ud83d"}',
    'half a pair in a name': '{"\\ude00":1}',
    'the replacement character': '{"a":"\ufffd"}',
    'nine deep': deep(9),
    'a list in nine': `${'{"a":'.repeat(8)}[1]${'}'.repeat(8)}`,
    'a byte order mark': '\ufeff{}',
    'something behind': '{} {}',
    'a comma too many': '{"a":1,}',
    'a list with a comma too many': '{"a":[1,]}',
    'no comma': '{"a":1 "b":2}',
    'a leading zero': '{"a":01}',
    'a plus': '{"a":+1}',
    'a bare point': '{"a":1.}',
    'a hexadecimal number': '{"a":0x1}',
    'single quotes': "{'a':1}",
    'a control character': '{"a":"\n"}',
    'an unknown escape': '{"a":"\\x41"}',
    'no object': '[1]',
    'a word': '{"a":nul}',
    'a comment': '{"a":1/**/}',
    nothing: '',
    'no end': '{"a":1',
  })) {
    assert.throws(() => read(text), FormError, why);
  }
  assert.throws(() => parseObject(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)), FormError, 'not UTF-8');
});

test('a name of the prototype is a name like another', () => {
  const members = read('{"__proto__":{"a":1},"constructor":2}');
  assert.equal(members.size, 2);
  assert.deepEqual(Object.keys(plain(members) as object), ['__proto__', 'constructor']);
  assert.equal(({} as { a?: number }).a, undefined);
});

test('integers have one spelling', () => {
  const of = (text: string) => new MemberReader(read(`{"n":${text}}`)).integer('n');
  assert.equal(of('0'), 0);
  assert.equal(of('9007199254740991'), Number.MAX_SAFE_INTEGER);
  for (const text of ['1.0', '1e3', '-0', '-1', '9007199254740993', '"1"', 'true', '99999999999999999999']) {
    assert.throws(() => of(text), FormError, text);
  }
});

test('base64url has one spelling', () => {
  for (let size = 0; size < 70; size++) {
    const bytes = crypto.getRandomValues(new Uint8Array(size));
    const text = Buffer.from(bytes).toString('base64url');
    assert.equal(encode(bytes), text);
    assert.deepEqual(decode(text), bytes);
  }
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A A', 'AA\n', '+AAA', '/AAA', 'AAAAA', 'ÄA']) {
    assert.throws(() => decode(text), FormError, text);
  }
});
