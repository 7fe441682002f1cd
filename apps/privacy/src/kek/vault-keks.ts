import { z } from 'zod';
import { KekProvider, type KekCandidate, type Refusal, type Wrapped } from '../application/ports.js';
import { vaultAnswerInvalid, vaultKeyMissing } from '../domain/errors.js';
import type { VaultAnswer, VaultClient } from './vault-client.js';

const keyAnswer = z.object({
  data: z.object({
    type: z.string(),
    latest_version: z.int().min(1),
  }),
});

const batchAnswer = z.object({
  data: z.object({
    batch_results: z.array(
      z.object({
        ciphertext: z.string().optional(),
        plaintext: z.string().optional(),
        error: z.string().optional(),
      }),
    ),
  }),
});
type BatchResult = z.infer<typeof batchAnswer>['data']['batch_results'][number];

const CIPHERTEXT = /^vault:v(\d+):/;
/** The key is there, and this version of it is not (any more). */
const VERSION_REFUSED = /too old|too new|version/i;
const NOT_FOUND = 404;

/** One key of Vault's transit engine, whose versions are the key-encryption keys: they never leave Vault. */
export class VaultKeks extends KekProvider {
  private latest: number | undefined;

  constructor(
    private readonly client: VaultClient,
    private readonly place: { readonly mount: string; readonly key: string },
  ) {
    super();
  }

  async activeKekId(): Promise<string> {
    this.latest ??= await this.readLatest();
    return this.kekId(this.latest);
  }

  async look(): Promise<KekCandidate> {
    const latest = await this.readLatest();
    return {
      activeKekId: this.kekId(latest),
      wrap: (plain) => this.wrap(plain),
      unwrap: (wrapped) => this.unwrap(wrapped),
      adopt: () => {
        this.latest = latest;
      },
    };
  }

  async wrap(plain: readonly Uint8Array[]): Promise<readonly Wrapped[]> {
    const results = await this.batch(
      'encrypt',
      plain.map((bytes) => ({ plaintext: Buffer.from(bytes).toString('base64') })),
    );
    return results.map((result) => {
      const wrapped = this.toWrapped(result);
      if (typeof wrapped === 'string') throw vaultAnswerInvalid();
      return wrapped;
    });
  }

  async unwrap(wrapped: readonly Wrapped[]): Promise<readonly (Uint8Array | Refusal)[]> {
    return this.forOwn('decrypt', wrapped, ({ plaintext, error }) =>
      plaintext === undefined ? refusalOf(error) : new Uint8Array(Buffer.from(plaintext, 'base64')),
    );
  }

  async rewrap(wrapped: readonly Wrapped[]): Promise<readonly (Wrapped | Refusal)[]> {
    return this.forOwn('rewrap', wrapped, (result) => this.toWrapped(result));
  }

  /** What another provider wrapped is not sent: Vault could only call it malformed. */
  private async forOwn<T>(
    operation: 'decrypt' | 'rewrap',
    wrapped: readonly Wrapped[],
    read: (result: BatchResult) => T | Refusal,
  ): Promise<readonly (T | Refusal)[]> {
    const own = wrapped.filter(({ kekId }) => this.versionOf(kekId) !== undefined);
    const items = own.map(({ bytes }) => ({ ciphertext: Buffer.from(bytes).toString('utf8') }));
    const results = (await this.batch(operation, items)).values();
    return wrapped.map(({ kekId }) => {
      if (this.versionOf(kekId) === undefined) return 'kek-unknown';
      const { value } = results.next();
      return value ? read(value) : 'kek-wrong';
    });
  }

  private async batch(operation: string, items: readonly object[]): Promise<readonly BatchResult[]> {
    if (items.length === 0) return [];
    const path = `${this.place.mount}/${operation}/${this.place.key}`;
    const answer = await this.client.call('POST', path, { batch_input: items });
    const parsed = batchAnswer.safeParse(answer.body);
    if (parsed.success && parsed.data.data.batch_results.length === items.length) {
      return parsed.data.data.batch_results;
    }
    throw isKeyMissing(answer) ? vaultKeyMissing(this.place.key) : vaultAnswerInvalid();
  }

  private async readLatest(): Promise<number> {
    const answer = await this.client.call('GET', `${this.place.mount}/keys/${this.place.key}`);
    if (answer.status === NOT_FOUND) throw vaultKeyMissing(this.place.key);
    const parsed = keyAnswer.safeParse(answer.body);
    if (!parsed.success) throw vaultAnswerInvalid();
    return parsed.data.data.latest_version;
  }

  private toWrapped({ ciphertext, error }: BatchResult): Wrapped | Refusal {
    const version = ciphertext === undefined ? undefined : CIPHERTEXT.exec(ciphertext)?.[1];
    if (ciphertext === undefined || version === undefined) return refusalOf(error);
    return { kekId: this.kekId(Number(version)), bytes: Buffer.from(ciphertext, 'utf8') };
  }

  private kekId(version: number): string {
    return `vault/${this.place.mount}/${this.place.key}/v${version}`;
  }

  private versionOf(kekId: string): number | undefined {
    const prefix = this.kekId(0).slice(0, -1);
    return kekId.startsWith(prefix) ? Number(kekId.slice(prefix.length)) : undefined;
  }
}

function refusalOf(error: string | undefined): Refusal {
  return error !== undefined && VERSION_REFUSED.test(error) ? 'kek-unknown' : 'kek-wrong';
}

function isKeyMissing({ body }: VaultAnswer): boolean {
  const { errors } = (body ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.some((error) => /not found/i.test(String(error)));
}
