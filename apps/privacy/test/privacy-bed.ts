import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  COMPARISON_KEYS_BY_ID,
  IDENTITY_KEYS_BY_ID,
  IDENTITY_KEYS_OF_SUBJECTS,
  PersonKeys,
  TEMPLATE_KEYS_OF_SUBJECTS,
  type KeyQuery,
} from '@absah/person-keys';
import { QueryClient } from '@absah/messaging';
import type { KeyPurpose } from '@absah/sealing';
import { ServiceUnderTest } from '@absah/test-bed';
import { privacyService } from '../src/privacy.service.js';

export interface KeyRow {
  readonly key_id: string;
  readonly subject_ref: string;
  readonly wrapped_key: Buffer | null;
  readonly kek_id: string | null;
  readonly destroyed_at: Date | null;
}

/** The keys of a file by id; a number stands for 32 bytes of that value. */
export type FileKeysOf = Readonly<Record<string, number>>;

interface Place {
  readonly file: string;
  readonly mode: number;
}

const TRANSPORT_KEYS = {
  CAPTURE_INTAKE_TRANSPORT_KEY: randomBytes(32),
  TEMPLATE_EXTRACTION_TRANSPORT_KEY: randomBytes(32),
  IKD_GATEWAY_TRANSPORT_KEY: randomBytes(32),
  DATA_BALIKAN_TRANSPORT_KEY: randomBytes(32),
};

/** Replicas of privacy over a file of key-encryption keys, and the services that ask it. */
export class PrivacyBed {
  private constructor(
    readonly service: ServiceUnderTest,
    private readonly folder: string,
  ) {}

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<PrivacyBed> {
    const folder = await mkdtemp(join(tmpdir(), 'absah-keks-'));
    const transport = Object.entries(TRANSPORT_KEYS).map(([name, key]) => [name, key.toString('base64')]);
    const service = await ServiceUnderTest.prepare(privacyService, {
      KEK_FILE: join(folder, 'keks.json'),
      KEK_RELOAD_SECONDS: '0.1',
      ...(Object.fromEntries(transport) as Record<string, string>),
      ...settings,
    });
    const bed = new PrivacyBed(service, folder);
    await bed.writeKeks('kek-1', { 'kek-1': 1 });
    return bed;
  }

  async close(): Promise<void> {
    await this.service.close().finally(() => rm(this.folder, { recursive: true, force: true }));
  }

  async writeKeks(active: string, keys: FileKeysOf, place: Partial<Place> = {}): Promise<void> {
    const entries = Object.entries(keys).map(([id, fill]) => [id, Buffer.alloc(32, fill).toString('base64')]);
    await this.writeText(JSON.stringify({ active, keys: Object.fromEntries(entries) as object }), place);
  }

  async writeText(text: string, { file = this.kekFile, mode = 0o600 }: Partial<Place> = {}): Promise<void> {
    // As whoever rotates has to: a service that looks meanwhile must not find half of it.
    const next = `${file}.next`;
    await writeFile(next, text);
    await chmod(next, mode);
    await rename(next, file);
  }

  get kekFile(): string {
    return join(this.folder, 'keks.json');
  }

  /** For a replica on another machine. */
  get otherKekFile(): string {
    return join(this.folder, 'other-keks.json');
  }

  intake(): PersonKeys<'identity'> {
    return this.asker(IDENTITY_KEYS_OF_SUBJECTS, 'CAPTURE_INTAKE_TRANSPORT_KEY');
  }

  extraction(): PersonKeys<'template'> {
    return this.asker(TEMPLATE_KEYS_OF_SUBJECTS, 'TEMPLATE_EXTRACTION_TRANSPORT_KEY');
  }

  gateway(): PersonKeys<'identity' | 'template'> {
    return this.asker(COMPARISON_KEYS_BY_ID, 'IKD_GATEWAY_TRANSPORT_KEY');
  }

  balikan(): PersonKeys<'identity'> {
    return this.asker(IDENTITY_KEYS_BY_ID, 'DATA_BALIKAN_TRANSPORT_KEY');
  }

  async stored(): Promise<KeyRow[]> {
    return this.service.rows<KeyRow>('SELECT * FROM person_keys ORDER BY created_at');
  }

  /** A new one remembers nothing. */
  private asker<Purpose extends KeyPurpose>(
    query: KeyQuery<Purpose>,
    transportKey: keyof typeof TRANSPORT_KEYS,
  ): PersonKeys<Purpose> {
    return new PersonKeys(new QueryClient(this.service.bus.connection), query, {
      transportKey: TRANSPORT_KEYS[transportKey],
      cacheEntries: 1000,
      cacheSeconds: 60,
    });
  }
}
