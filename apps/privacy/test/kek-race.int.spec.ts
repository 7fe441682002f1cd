import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CheckKeks } from '../src/application/check-keks.js';
import { KekChecks, type KekCandidate, type KekCheck, type Wrapped } from '../src/application/ports.js';
import { FileKeks } from '../src/kek/file-keks.js';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-test-'));
  file = join(folder, 'keks.json');
});
afterEach(() => rm(folder, { recursive: true }));

async function writeKeks(active: string, ids: readonly string[]): Promise<void> {
  const keys = ids.map((id, index) => [id, Buffer.alloc(32, index + 1).toString('base64')]);
  await writeFile(file, JSON.stringify({ active, keys: Object.fromEntries(keys) }), { mode: 0o600 });
}

/** What the replicas share; every KEK that it knows is in use. */
class SharedChecks extends KekChecks {
  private readonly known = new Map<string, Wrapped>();

  override async all(): Promise<readonly KekCheck[]> {
    return [...this.known.values()].map((sealed) => ({ sealed, inUse: true }));
  }

  override async add(sealed: Wrapped): Promise<void> {
    if (!this.known.has(sealed.kekId)) this.known.set(sealed.kekId, sealed);
  }
}

describe('A3 a look at the key-encryption keys', () => {
  it('takes no key for gone that another replica meets at the same moment', async () => {
    const shared = new SharedChecks();
    await writeKeks('kek-1', ['kek-1']);
    await new CheckKeks(new FileKeks(file), shared).run();
    let isRotated = false;
    const rotate = async <T>(seen: T): Promise<T> => {
      if (isRotated) return seen;
      isRotated = true;
      await writeKeks('kek-2', ['kek-1', 'kek-2']);
      await new CheckKeks(new FileKeks(file), shared).run();
      return seen;
    };
    /** Whatever this replica reads first, the rotation comes before it reads the other. */
    const keks = new (class extends FileKeks {
      override async look(): Promise<KekCandidate> {
        return rotate(await super.look());
      }
    })(file);
    const checks = new (class extends KekChecks {
      override all = async () => rotate(await shared.all());
      override add = (sealed: Wrapped) => shared.add(sealed);
    })();
    await new CheckKeks(keks, checks).run();
    expect(isRotated).toBe(true);
    expect(await keks.activeKekId()).toBe('kek-2');
  });
});
