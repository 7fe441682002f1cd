import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from '../../laptop/platform.js';

const AGAIN_MS = 300;
const TIMEOUT_MS = 3_000;
const FAULTS = '/sandbox/v1/faults';

/** Tells the registry's stand-in what to do, until it has heard: it is killed like everything else. */
export class RegistryScript {
  constructor(
    private readonly platform: Pick<Platform, 'urls' | 'secrets'>,
    private readonly closing: AbortSignal,
  ) {}

  enrol(nik: string, template: Uint8Array): Promise<void> {
    const person = { nik, name: 'CONTOH BEBAN', template: Buffer.from(template).toString('base64') };
    return this.#tell('PUT', '/sandbox/v1/people', person);
  }

  /** It hangs up on every question about this person. */
  silence(nik: string): Promise<void> {
    return this.#tell('PUT', '/sandbox/v1/people/condition', { nik, condition: 'outage' });
  }

  restore(nik: string): Promise<void> {
    return this.#tell('PUT', '/sandbox/v1/people/condition', { nik, condition: 'none' });
  }

  /** Whoever asks about anybody; it ends by itself. */
  fail(kind: 'hang' | 'refuse', forMs: number): Promise<void> {
    return this.#tell('POST', FAULTS, { kind, forMs });
  }

  async #tell(method: string, path: string, body: unknown): Promise<void> {
    while (!this.closing.aborted && !(await this.#hasHeard(method, path, body))) await sleep(AGAIN_MS);
  }

  async #hasHeard(method: string, path: string, body: unknown): Promise<boolean> {
    const { urls, secrets } = this.platform;
    try {
      const response = await fetch(`${urls['dukcapil-sandbox']}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${secrets['sandbox-admin-token']}`,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.ok;
    } catch {
      return false;
    }
  }
}
