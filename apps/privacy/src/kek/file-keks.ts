import type { KeyObject } from 'node:crypto';
import { openDirectly, sealDirectly } from '@absah/sealing';
import { KekProvider, type Refusal, type Wrapped } from '../application/ports.js';
import { kekLost, kekWrong } from '../domain/errors.js';
import { readKekFile, versionOf, type KekRing } from './kek-file.js';

const AUTHENTICATED = Buffer.from('absah/wrapped-key/v1');

/** Key-encryption keys from a file: for a laptop, or where an orchestrator mounts it from its own store. */
export class FileKeks extends KekProvider {
  private ring: KekRing | undefined;
  private version: string | undefined;

  constructor(private readonly path: string) {
    super();
  }

  async activeKekId(): Promise<string> {
    return (await this.current()).active;
  }

  async refresh(needed: readonly string[]): Promise<void> {
    const version = await versionOf(this.path);
    if (version === this.version) return;
    const ring = await readKekFile(this.path);
    for (const [id, key] of this.ring?.keys ?? []) {
      const same = ring.keys.get(id)?.equals(key);
      if (same === false) throw kekWrong(id);
      if (same === undefined && needed.includes(id)) throw kekLost(id);
    }
    this.ring = ring;
    this.version = version;
  }

  async wrap(plain: readonly Uint8Array[]): Promise<readonly Wrapped[]> {
    const { active, keys } = await this.current();
    const key = keys.get(active);
    if (!key) throw kekLost(active);
    return plain.map((bytes) => ({ kekId: active, bytes: sealDirectly(key, bytes, AUTHENTICATED) }));
  }

  async unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]> {
    const keys = await this.keysFor(wrapped);
    return wrapped.map(({ kekId, bytes }) => open(keys.get(kekId), bytes));
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

  private async current(): Promise<KekRing> {
    if (!this.ring) await this.refresh([]);
    if (!this.ring) throw kekLost('of the file');
    return this.ring;
  }

  /** Another replica may have seen the new file first, and wrapped under a key that this one has yet to read. */
  private async keysFor(wrapped: readonly Wrapped[]): Promise<KekRing['keys']> {
    const { keys } = await this.current();
    if (wrapped.every(({ kekId }) => keys.has(kekId))) return keys;
    await this.refresh([...keys.keys()]);
    return (await this.current()).keys;
  }
}

function open(key: KeyObject | undefined, bytes: Uint8Array): Uint8Array | Refusal {
  if (!key) return 'kek-unknown';
  try {
    return openDirectly(key, bytes, AUTHENTICATED);
  } catch {
    return 'kek-wrong';
  }
}
