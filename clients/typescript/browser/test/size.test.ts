import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

test('the package has less than 6 kB, compressed, and no dependency', (t) => {
  const size = gzipSync(readFileSync('dist/sallyport.min.js'), { level: 9 }).length;
  t.diagnostic(`${size} bytes`);
  assert.ok(size < 6_000, `${size} bytes`);
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies?: object };
  assert.equal(dependencies, undefined);
});
