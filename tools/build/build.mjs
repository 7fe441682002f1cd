// Compiles apps, libs, tools and test from TypeScript to ES modules in dist/, only what changed.
// Types are checked by `npm run typecheck`; here they are only removed, so that a start takes
// seconds. JSON next to the sources is copied, and output without a source is deleted.
import { transformFile } from '@swc/core';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const SOURCES = ['apps', 'libs', 'tools', 'test'];
const CONCURRENCY = 8;

const swcOptions = {
  cwd: root,
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    // Constructor parameters are injected by explicit tokens, so no type metadata is emitted:
    // starts are faster and type imports stay imports of types.
    transform: { legacyDecorator: true, decoratorMetadata: false },
    keepClassNames: true,
  },
};

async function filesBelow(folder, keep) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && keep(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules'));
}

/** `@absah/contracts` → the relative path of its compiled index, as seen from the importing file. */
function resolveAliases(code, outFile) {
  return code.replace(/(['"])@absah\/([a-z-]+)\1/g, (_, quote, lib) => {
    const target = join(dist, 'libs', lib, 'src', 'index.js');
    const path = relative(dirname(outFile), target).replaceAll('\\', '/');
    return `${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
  });
}

async function modified(file) {
  return (await stat(file).catch(() => undefined))?.mtimeMs ?? 0;
}

async function compile(source) {
  const outFile = join(dist, relative(root, source)).replace(/\.ts$/, '.js');
  if ((await modified(outFile)) >= (await modified(source))) return { outFile, fresh: true };
  await mkdir(dirname(outFile), { recursive: true });
  if (!source.endsWith('.ts')) {
    await writeFile(outFile, await readFile(source));
    return { outFile, fresh: false };
  }
  const { code, map } = await transformFile(source, swcOptions);
  const mapName = `${outFile}.map`;
  await writeFile(mapName, map);
  const link = `\n//# sourceMappingURL=${relative(dirname(outFile), mapName)}\n`;
  await writeFile(outFile, resolveAliases(code, outFile) + link);
  return { outFile, fresh: false };
}

async function inParallel(items, work) {
  const results = [];
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.pop(); item; item = queue.pop()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return results;
}

async function discardWhenBuiltDifferently() {
  const stampFile = join(dist, '.build-stamp');
  const inputs = [fileURLToPath(import.meta.url), join(root, 'package-lock.json')];
  const digest = createHash('sha256');
  for (const input of inputs) digest.update(await readFile(input));
  const stamp = digest.digest('hex');
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;
  await rm(dist, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'package.json'), '{ "type": "module" }\n');
  await writeFile(stampFile, stamp);
}

await discardWhenBuiltDifferently();
const isSource = (name) =>
  (name.endsWith('.ts') && !name.endsWith('.d.ts')) ||
  (name.endsWith('.json') && !['project.json', 'tsconfig.json'].includes(name));
const sources = (await Promise.all(SOURCES.map((folder) => filesBelow(join(root, folder), isSource)))).flat();
const results = await inParallel(sources, compile);
const wanted = new Set(results.map((result) => result.outFile));
for (const folder of SOURCES) {
  for (const file of await filesBelow(join(dist, folder), () => true)) {
    if (!wanted.has(file.replace(/\.map$/, ''))) await rm(file);
  }
}
const compiled = results.filter((result) => !result.fresh).length;
if (compiled > 20) console.error(`built ${compiled} files`);
