// Packs each package into the folder that is named, and imports what came out as
// its users will: from the tarball, by every path that it exports.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../../dist'));
const apart = mkdtempSync(join(tmpdir(), 'sallyport-pack-'));
const LIMIT = 60_000;

try {
  mkdirSync(out, { recursive: true });
  const { workspaces } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  for (const name of workspaces) {
    const folder = join(here, name);
    const { exports, name: full, dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    copyFileSync(join(here, '../../LICENSE'), join(folder, 'LICENSE'));
    const said = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out], {
      cwd: folder,
      timeout: LIMIT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ filename, files, size }] = Object.values(JSON.parse(said.toString()));
    const paths = files.map((file) => file.path);
    for (const path of paths) {
      if (!/^(dist\/.+|README\.md|LICENSE|package\.json)$/.test(path)) throw new Error(`${full}: ${path} is packed`);
    }
    for (const path of ['README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']) {
      if (!paths.includes(path)) throw new Error(`${full}: ${path} is not packed`);
    }
    const installed = join(apart, 'node_modules', full);
    mkdirSync(installed, { recursive: true });
    execFileSync('tar', ['-xzf', join(out, filename), '-C', installed, '--strip-components=1'], { timeout: LIMIT });
    for (const needed of Object.keys(dependencies)) {
      symlinkSync(join(here, 'node_modules', needed), join(apart, 'node_modules', needed), 'dir');
    }
    const imports = Object.keys(exports).map((path) => `await import(${JSON.stringify(full + path.slice(1))});`);
    execFileSync(process.execPath, ['--input-type=module', '-e', imports.join('\n')], { cwd: apart, timeout: LIMIT });
    process.stdout.write(`${filename}: ${paths.length} files, ${size} bytes, ${imports.length} paths import\n`);
  }
} finally {
  rmSync(apart, { recursive: true, force: true });
}
