// Runs a script of this project under Node 24, which npm brought along as an optional
// dependency (npm 10 links no `.bin/node` when several packages provide one).
//
//   node tools/run.mjs [--build] [SCRIPT [ARG ...]]
//
// --build compiles the TypeScript that changed before the script runs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const NODE_MAJOR = 24;

function findNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = platform === 'win' ? 'node.exe' : 'node';
  const bundled = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  console.error(
    `Absah needs Node ${NODE_MAJOR} or newer. None was bundled for ${process.platform}-${process.arch} ` +
      `and this is ${process.version}. Run "npm ci" with optional dependencies, or install Node ${NODE_MAJOR}.`,
  );
  process.exit(1);
}

const args = process.argv.slice(2);
const wantsBuild = args[0] === '--build';
if (wantsBuild) args.shift();
const node = findNode();

if (wantsBuild) {
  const built = spawnSync(node, [join(root, 'tools/build/build.mjs')], { stdio: 'inherit' });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
if (args.length === 0) process.exit(0);

// On few cores V8's helper threads take from the models more time than they save (measured by
// `npm run bench -- pipeline`: about a tenth of all CPU). And V8 counts pictures, which lie outside its heap, as
// growth of it: left to itself it marks everything that lives again after each few dozen of them (an eighth of the
// main thread). Up to four times what lives may lie about instead.
const FEW_CORES = 4;
const gcOptions =
  availableParallelism() <= FEW_CORES ? ['--single-threaded-gc', '--heap-growing-percent=300'] : [];
const nodeOptions = args[0].includes('jest')
  ? ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  : ['--enable-source-maps', ...gcOptions];
const child = spawn(node, [...nodeOptions, ...args], {
  stdio: 'inherit',
  env: { ...process.env, NX_DAEMON: 'false' },
});
// The terminal sends Ctrl-C to the whole group; the child decides when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
}
child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + constants.signals[signal] : code);
});
