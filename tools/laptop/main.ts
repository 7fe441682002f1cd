import { join } from 'node:path';
import { ServiceError } from '@absah/domain-kit';
import { dataFolder, type Progress } from '@absah/local-infra';
import { exampleRequest, keepExamplePortrait } from './example-request.js';
import { readOptions, USAGE, type LaptopOptions } from './options.js';
import { startPlatform, type Platform } from './platform.js';
import { progressPrinter } from './progress-printer.js';
import { AuditorDesk } from './tour/auditor-desk.js';
import { enrolCast } from './tour/cast.js';
import { OperatorApp } from './tour/operator-app.js';
import { playTour } from './tour/play.js';
import { RegistryDesk } from './tour/registry-desk.js';
import { tourNotes, tourTable } from './tour/table.js';

/** What a shell reports for a command that Ctrl-C ended; nobody knows how the tour would have gone. */
const INTERRUPTED = 130;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    print(USAGE);
    return 0;
  }
  const stopping = stopSignal();
  const progress = progressPrinter(print, performance.now());
  const platform = await startPlatform({
    dataDir: dataFolder(),
    processes: options.processes,
    apiPort: options.port,
    progress,
  });
  try {
    const interrupted = stopping.then(() => 'interrupted' as const);
    const outcome = await Promise.race([tour(platform, progress).catch(brokenOff), interrupted]);
    if (outcome === 'interrupted') return INTERRUPTED;
    if (!options.once) await stayUp(platform, options, stopping);
    return outcome ? 0 : 1;
  } finally {
    print('Stopping …');
    await platform.stop();
    print('Stopped. Everything it stored is kept for the next start.');
  }
}

async function tour(platform: Platform, progress: Progress): Promise<boolean> {
  const desks = {
    app: new OperatorApp(platform),
    registry: new RegistryDesk(platform),
    auditor: new AuditorDesk(platform),
  };
  const cast = await enrolCast(desks.registry, platform.infrastructure.addresses.modelsDir, progress);
  print('');
  const played = await playTour(desks, cast, ({ scene, view }) => progress(scene.title, view.status));
  print(`\n${tourTable(played)}\n`);
  for (const note of tourNotes(played)) print(note);
  return played.every(({ asExpected }) => asExpected);
}

function brokenOff(error: unknown): false {
  print(`\nThe tour broke off: ${inWords(error)}`);
  return false;
}

async function stayUp(platform: Platform, options: LaptopOptions, stopping: Promise<void>): Promise<void> {
  const { urls } = platform;
  const secrets = join(dataFolder(), 'secrets');
  const { caFile } = platform.infrastructure.addresses;
  const example = {
    key: join(secrets, 'operator-api-key'),
    portrait: await keepExamplePortrait(),
    authority: caFile,
  };
  print(`
Absah is up (${options.processes === 'one' ? 'one process' : 'one process per service'}).
  API       ${urls['capture-intake']}/v1/verifications
  OpenAPI   ${urls['capture-intake']}/openapi
  Sandbox   ${urls['dukcapil-sandbox']}
  Audit     ${urls.audit}/v1/log/head  (bearer auditor-key)
  CA        ${caFile}  (give it to what calls: curl --cacert, NODE_EXTRA_CA_CERTS)
  Keys      ${secrets}  (operator-api-key, sandbox-admin-token, auditor-key)

Try it with somebody whom the sandbox knows:

  ${exampleRequest(urls['capture-intake'], example)}

Press Ctrl-C to stop.`);
  await stopping;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function inWords(error: unknown): string {
  if ((error as { code?: unknown }).code === 'EADDRINUSE')
    return 'the port is taken; choose another with --port=N';
  if (error instanceof ServiceError && error.nextStep) return `${error.message}\n${error.nextStep}`;
  return error instanceof Error ? error.message : String(error);
}

/** No more than its kind: in one process the error may be a service's, and quote what it worked on. */
function breakOff(error: unknown): never {
  const kind = error instanceof Error ? error.name : typeof error;
  process.stderr.write(`\nAbsah broke off: something failed that nothing handles (${kind}).\n`);
  process.exit(1);
}

process.on('uncaughtException', breakOff).on('unhandledRejection', breakOff);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\nAbsah could not start: ${inWords(error)}\n`);
  process.exitCode = 1;
}
