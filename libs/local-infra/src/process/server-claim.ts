import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { endProcess, identify, isRunning, type ProcessIdentity } from './process-identity.js';

interface ClaimRecord {
  readonly owner: ProcessIdentity;
  readonly server?: ProcessIdentity;
}

/** Another living process serves the folder; trying again does not help. */
export class FolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}; stop that one first`);
    this.name = 'FolderInUseError';
  }
}

const ORPHAN_PATIENCE_MS = 15_000;

/**
 * Marks a data folder as used by this process and the server it started. A claim whose owner died
 * is taken over, after the server it left behind has been ended.
 */
export class ServerClaim {
  private constructor(
    private readonly file: string,
    private readonly owner: ProcessIdentity,
  ) {}

  static async take(file: string): Promise<ServerClaim> {
    const owner = await identify(process.pid);
    if (!owner) throw new Error('This process cannot identify itself');
    await mkdir(dirname(file), { recursive: true });
    await clearAbandoned(file);
    const claim = new ServerClaim(file, owner);
    await claim.write({ owner }, 'wx');
    return claim;
  }

  async record(serverPid: number): Promise<void> {
    const server = await identify(serverPid);
    if (server) await this.write({ owner: this.owner, server }, 'w');
  }

  async release(): Promise<void> {
    await rm(this.file, { force: true });
  }

  private async write(record: ClaimRecord, flag: 'w' | 'wx'): Promise<void> {
    await writeFile(this.file, JSON.stringify(record), { mode: 0o600, flag });
  }
}

async function clearAbandoned(file: string): Promise<void> {
  const record = await readRecord(file);
  if (record && (await isRunning(record.owner))) {
    throw new FolderInUseError(dirname(file), record.owner.pid);
  }
  if (record?.server) {
    await endProcess(record.server, ['SIGINT', 'SIGQUIT', 'SIGKILL'], ORPHAN_PATIENCE_MS);
  }
  await rm(file, { force: true });
}

/** A record cut short by a crash counts as none. */
async function readRecord(file: string): Promise<ClaimRecord | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return text === '' ? undefined : (JSON.parse(text) as ClaimRecord);
  } catch {
    return undefined;
  }
}
