import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { identify, isRunning } from './process-identity.js';
import { ServerProcess, type ServerCommand } from './server-process.js';

const COMPILED = pathToFileURL(join(import.meta.dirname, 'server-process.js')).href;

let folder: string;
let started: ServerProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-server-spec-'));
});

afterEach(async () => {
  await started?.stop();
  started = undefined;
  await rm(folder, { recursive: true, force: true });
});

const script = (text: string): ServerCommand => ({
  command: '/bin/sh',
  args: ['-c', text],
  env: { PATH: '/usr/bin:/bin' },
  cwd: folder,
  logFile: join(folder, 'logs', 'server.log'),
  claimFile: join(folder, 'server.json'),
  stopSignals: ['SIGINT', 'SIGKILL'],
});

async function launch(text: string): Promise<ServerProcess> {
  started = await ServerProcess.launch(script(text));
  return started;
}

async function endsSoon(pid: number): Promise<boolean> {
  const identity = await identify(pid);
  for (let attempt = 0; identity && attempt < 250; attempt += 1) {
    if (!(await isRunning(identity))) return true;
    await sleep(20);
  }
  return identity === undefined;
}

/** A launcher of its own process, so that it can be killed. Prints the server's pid. */
async function launchElsewhere() {
  const program = `
    import { ServerProcess } from ${JSON.stringify(COMPILED)};
    const server = await ServerProcess.launch(${JSON.stringify(script('exec sleep 60'))});
    console.log(server.pid);
  `;
  const args = ['--input-type=module', '-e', program];
  const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(launcher.stdout, 'data')) as [Buffer];
  return { launcher, serverPid: Number(line.toString()) };
}

describe('ServerProcess', () => {
  it('dies with its launcher, even when that is killed', async () => {
    const { launcher, serverPid } = await launchElsewhere();
    launcher.kill('SIGKILL');
    expect(await endsSoon(serverPid)).toBe(true);
  });

  it('ends the server that a dead launcher left behind before it starts another', async () => {
    const orphan = spawn('/bin/sh', ['-c', 'exec sleep 60'], { stdio: 'ignore' });
    const server = await identify(orphan.pid ?? 0);
    const record = { owner: { pid: process.pid, started: 'another time' }, server };
    await writeFile(join(folder, 'server.json'), JSON.stringify(record));
    await launch('exec sleep 60');
    expect(orphan.signalCode ?? (await once(orphan, 'exit'))[1]).toBe('SIGINT');
  });

  it('leaves a process alone that got the id of the server left behind', async () => {
    const bystander = spawn('/bin/sh', ['-c', 'exec sleep 60'], { stdio: 'ignore' });
    const gone = { pid: bystander.pid, started: 'another time' };
    await writeFile(join(folder, 'server.json'), JSON.stringify({ owner: gone, server: gone }));
    await launch('exec sleep 60');
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    bystander.kill('SIGKILL');
  });

  it('kills a server that ignores the request to end', async () => {
    const options = { ...script("trap '' INT; exec sleep 60"), stopPatienceMs: 300 };
    started = await ServerProcess.launch(options);
    await sleep(100);
    await started.stop();
    expect(await identify(started.pid)).toBeUndefined();
  });

  it('counts a server as gone although a worker of it still holds its output', async () => {
    const server = await launch('sleep 60 & echo $!; exec sleep 60');
    while (server.recentOutput() === '') await sleep(10);
    await server.stop();
    expect(server.isRunning).toBe(false);
    process.kill(Number(server.recentOutput()), 'SIGKILL');
  });

  it('writes what the server says to a log and shows the end of it', async () => {
    const server = await launch('echo listening; echo refused >&2');
    await server.exited;
    expect(server.recentOutput()).toBe('listening\nrefused');
    expect(await readFile(join(folder, 'logs', 'server.log'), 'utf8')).toBe('listening\nrefused\n');
  });

  it('releases the folder when the program does not exist', async () => {
    const missing = { ...script(''), command: join(folder, 'no-such-server') };
    await expect(ServerProcess.launch(missing)).rejects.toThrow('ENOENT');
    await launch('exec sleep 60');
  });
});
