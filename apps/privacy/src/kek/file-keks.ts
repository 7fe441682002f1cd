import type { KeyObject } from 'node:crypto';
import { openDirectly, sealDirectly } from '@absah/sealing';
import { KekProvider, type KekCandidate, type Refusal, type Wrapped } from '../application/ports.js';
import { kekLost } from '../domain/errors.js';
import { readKekFile, versionOf, type KekRing } from './kek-file.js';

const AUTHENTICATED = Buffer.from('absah/wrapped-key/v1');

/** Key-encryption keys from a file: for a laptop, or where an orchestrator mounts it from its own store. */
export class FileKeks extends KekProvider {
  private ring: KekRing | undefined;
  private version: string | undefined;

  constructor(private readonly path: string) {
    super();
  }

  /** An id that has another key by now is told by what the database holds under it, not by what is in memory. */
  async look(): Promise<KekCandidate> {
    const version = await versionOf(this.path);
    const ring = this.ring && version === this.version ? this.ring : await readKekFile(this.path);
    return {
      activeKekId: ring.active,
      wrap: async (plain) => wrapWith(ring, plain),
      unwrap: async (wrapped) => unwrapWith(ring, wrapped),
      adopt: () => {
        this.ring = ring;
        this.version = version;
      },
    };
  }

  async activeKekId(): Promise<string> {
    return this.inForce().active;
  }

  async wrap(plain: readonly Uint8Array[]): Promise<readonly Wrapped[]> {
    return wrapWith(this.inForce(), plain);
  }

  async unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]> {
    return unwrapWith(this.inForce(), wrapped);
  }

  async rewrap(wrapped: readonly Wrapped[]): Promise<readonly (Wrapped | Refusal)[]> {
    const plain = await this.unwrap(wrapped);
    try {
      const rewrapped = await this.wrap(plain.filter((value) => value instanceof Uint8Array));
      const next = rewrapped.values();
      return plain.map((value) => (value instanceof Uint8Array ? (next.next().value ?? 'kek-wrong') : value));
    } finally {
      for (const value of plain) if (value instanceof Uint8Array) value.fill(0);
    }
  }

  private inForce(): KekRing {
    if (!this.ring) throw new Error('no key-encryption keys are in force yet');
    return this.ring;
  }
}

function wrapWith({ active, keys }: KekRing, plain: readonly Uint8Array[]): Wrapped[] {
  const key = keys.get(active);
  if (!key) throw kekLost(active);
  return plain.map((bytes) => ({ kekId: active, bytes: sealDirectly(key, bytes, AUTHENTICATED) }));
}

function unwrapWith({ keys }: KekRing, wrapped: readonly Wrapped[]): (Uint8Array | Refusal)[] {
  return wrapped.map(({ kekId, bytes }) => open(keys.get(kekId), bytes));
}

function open(key: KeyObject | undefined, bytes: Uint8Array): Uint8Array | Refusal {
  if (!key) return 'kek-unknown';
  try {
    return openDirectly(key, bytes, AUTHENTICATED);
  } catch {
    return 'kek-wrong';
  }
}
