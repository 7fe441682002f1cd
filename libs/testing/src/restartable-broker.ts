import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, type RunningNats } from '@absah/local-infra';

/** A broker that comes back at the same address, with or without what it stored. */
export class RestartableBroker {
  private constructor(
    private readonly folder: string,
    private server: RunningNats,
  ) {}

  static async start(): Promise<RestartableBroker> {
    const folder = await mkdtemp(join(tmpdir(), 'absah-broker-'));
    return new RestartableBroker(folder, await startNats({ storeDir: join(folder, 'store'), users: [] }));
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  /** As a machine that fails: what was not written yet is lost. */
  async kill(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
  }

  /** As a machine that hangs: connections stay open, and nothing comes back. */
  freeze(): void {
    process.kill(this.server.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.server.pid, 'SIGCONT');
  }

  async startAgain(): Promise<void> {
    this.server = await startNats({
      storeDir: join(this.folder, 'store'),
      users: [],
      port: this.server.port,
    });
  }

  async loseStore(): Promise<void> {
    // A broker that still runs may put a file back meanwhile.
    await rm(join(this.folder, 'store'), { recursive: true, force: true, maxRetries: 5 });
  }

  async remove(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
