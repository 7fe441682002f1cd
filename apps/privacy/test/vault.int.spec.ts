import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PersonKeysStatusV1, RewrapPersonKeysV1 } from '@absah/contracts';
import { createTestAuthority, sampleSubjectRef, waitFor } from '@absah/testing';
import { PrivacyBed } from './privacy-bed.js';
import { VaultStandIn, type Trouble } from './vault-stand-in.js';

const KEY = 'absah-persons';
const NIK = Buffer.from('9999014101900001');
const NOT_REMEMBERED = { KEY_CACHE_SECONDS: '1', KEK_RELOAD_SECONDS: '0.1' };

let folder: string;
let tokenFile: string;
let vault: VaultStandIn;
let bed: PrivacyBed;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'absah-vault-'));
  tokenFile = join(folder, 'token');
  await writeFile(tokenFile, 'token-of-privacy\n', { mode: 0o600 });
  vault = await VaultStandIn.listen();
  vault.rotate(KEY);
  bed = await PrivacyBed.open(settings(vault.url));
});
afterEach(async () => {
  await bed?.close();
  await vault?.close();
  await rm(folder, { recursive: true, force: true });
});

function settings(url: string): Record<string, string> {
  return {
    KEK_PROVIDER: 'vault-transit',
    VAULT_URL: url,
    VAULT_TOKEN_FILE: tokenFile,
    VAULT_TIMEOUT_MS: '1000',
  };
}

async function sealFor(count: number) {
  const people = Array.from({ length: count }, sampleSubjectRef);
  const keys = await bed.intake().find(people);
  return keys.map((key, index) => {
    const { identity } = key!;
    return { keyId: identity.keyId, context: people[index]!, bytes: identity.seal(NIK, people[index]!) };
  });
}

async function openAll(sealed: Awaited<ReturnType<typeof sealFor>>): Promise<void> {
  const keys = await bed.balikan().find(sealed.map(({ keyId }) => keyId));
  for (const [index, { bytes, context }] of sealed.entries()) {
    expect(Buffer.from(keys[index]!.identity.open(bytes, context))).toEqual(NIK);
  }
}

async function restart(): Promise<void> {
  await bed.service.stopReplicas();
  await bed.service.startReplica();
}

describe('A3 key-encryption keys in Vault', () => {
  it('wrap and unwrap keys of persons, which rest as Vault made them', async () => {
    await bed.service.startReplica();
    const sealed = await sealFor(3);
    const [row] = await bed.stored();
    expect(row).toMatchObject({ kek_id: `vault/transit/${KEY}/v1` });
    expect(row!.wrapped_key!.toString()).toMatch(/^vault:v1:[A-Za-z0-9+/]+=*$/);
    await restart();
    await openAll(sealed);
  });

  it('cost one call for a new person, and one for a batch', async () => {
    await bed.service.startReplica({ KEK_RELOAD_SECONDS: '3600' });
    vault.calls.length = 0;
    const sealed = await sealFor(1);
    await openAll(sealed);
    expect(vault.calls).toEqual([`POST /v1/transit/encrypt/${KEY}`]);
    vault.calls.length = 0;
    await sealFor(200);
    expect(vault.calls).toEqual([`POST /v1/transit/encrypt/${KEY}`]);
  });

  it('are rotated and re-wrapped without a restart, and old versions may then go', async () => {
    await bed.service.startReplica(NOT_REMEMBERED);
    const sealed = await sealFor(12);
    vault.rotate(KEY);
    const old = `vault/transit/${KEY}/v1`;
    await waitFor(async () => (await bed.service.bus.ask(PersonKeysStatusV1, {})).active.endsWith('/v2'), {
      description: 'the new version',
    });
    await openAll(sealed);
    const answer = await bed.service.bus.ask(RewrapPersonKeysV1, { kekId: old, limit: 100 });
    expect(answer).toEqual({ rewrapped: 12, unreadable: 0 });
    expect(vault.calls).toContain(`POST /v1/transit/rewrap/${KEY}`);
    vault.forgetBefore(KEY, 2);
    await restart();
    await openAll(sealed);
  });

  it('are not given another person’s row', async () => {
    await bed.service.startReplica();
    const [one, other] = await sealFor(2);
    await bed.service.rows(
      `UPDATE person_keys SET wrapped_key = (SELECT wrapped_key FROM person_keys WHERE key_id = $1) WHERE key_id = $2`,
      one!.keyId,
      other!.keyId,
    );
    await restart();
    await expect(bed.balikan().of(other!.keyId)).rejects.toMatchObject({ code: 'PERSON_KEYS.MISSING' });
    await openAll([one!]);
  });

  it('take a token that is renewed in its file', async () => {
    await bed.service.startReplica();
    await sealFor(1);
    vault.token = 'renewed';
    await writeFile(tokenFile, 'renewed');
    // At once, so that all are refused with the old one.
    await Promise.all(Array.from({ length: 8 }, () => sealFor(1)));
  });

  it('are found in a namespace', async () => {
    vault.namespace = 'telco/absah';
    await bed.service.startReplica({ VAULT_NAMESPACE: 'telco/absah' });
    await sealFor(1);
  });
});

describe('A3 Vault in trouble while the service runs', () => {
  it.each<Trouble>(['overloaded', 'broken', 'sealed'])(
    'is tried again when it is %s for a moment',
    async (trouble) => {
      await bed.service.startReplica({ KEK_RELOAD_SECONDS: '3600' });
      vault.let(trouble, 2);
      await sealFor(1);
    },
  );

  it.each<Trouble>(['sealed', 'silent', 'broken'])(
    'puts new persons off while it is %s, and loses none',
    async (trouble) => {
      await bed.service.startReplica({ KEK_RELOAD_SECONDS: '3600' });
      const known = await sealFor(1);
      vault.let(trouble);
      await expect(sealFor(1)).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'PERSON_KEYS.UNAVAILABLE',
      });
      await openAll(known);
      vault.let('none');
      await sealFor(1);
    },
  );
});

describe('A3 the start', () => {
  beforeEach(async () => {
    await bed.service.startReplica();
    await sealFor(1);
    await bed.service.stopReplicas();
  });

  it.each<[string, () => unknown, string]>([
    ['Vault is sealed', () => vault.let('sealed'), 'PRIVACY.VAULT_SEALED'],
    ['Vault is silent', () => vault.let('silent'), 'PRIVACY.VAULT_UNREACHABLE'],
    ['nobody listens', () => vault.close(), 'PRIVACY.VAULT_UNREACHABLE'],
    ['something else listens', () => vault.let('not Vault'), 'PRIVACY.VAULT_ANSWER_INVALID'],
    ['the token is wrong', () => (vault.token = 'another'), 'PRIVACY.VAULT_DENIED'],
    ['the token is gone', () => rm(tokenFile), 'PRIVACY.VAULT_DENIED'],
    ['the key is gone', () => vault.remove(KEY), 'PRIVACY.VAULT_KEY_MISSING'],
    ['the key is another one', () => vault.exchange(KEY), 'PRIVACY.KEK_WRONG'],
    ['the version in use is gone', () => [vault.rotate(KEY), vault.forgetBefore(KEY, 2)], 'PRIVACY.KEK_LOST'],
  ])('is refused when %s, and says what to do', async (_, spoil, code) => {
    await spoil();
    await expect(bed.service.startReplica()).rejects.toMatchObject({
      code,
      nextStep: expect.stringMatching(/\.$/),
    });
  });

  it('names what the provider lacks of configuration', async () => {
    await expect(bed.service.startReplica({ VAULT_URL: 'http://vault.example:8200' })).rejects.toMatchObject({
      code: 'SERVICE.CONFIG_INVALID',
      message: expect.stringContaining('VAULT_URL'),
    });
  });
});

describe('A3 Vault over TLS 1.3', () => {
  it('is believed when the named authority vouches for it, and not otherwise', async () => {
    const mine = await createTestAuthority();
    const theirs = await createTestAuthority();
    const files = await mine.authority.serverCertificate('vault');
    const tls = { cert: await readFile(files.certFile, 'utf8'), key: await readFile(files.keyFile, 'utf8') };
    const secure = await VaultStandIn.listen(tls);
    secure.rotate(KEY);
    try {
      const trusting = { ...settings(secure.url), VAULT_CA_FILE: mine.caFile };
      await expect(
        bed.service.startReplica({ ...trusting, VAULT_CA_FILE: theirs.caFile }),
      ).rejects.toMatchObject({ code: 'PRIVACY.VAULT_UNREACHABLE' });
      await bed.service.startReplica(trusting);
      await sealFor(1);
      await bed.service.stopReplicas();
    } finally {
      await secure.close();
      await mine.remove();
      await theirs.remove();
    }
  });
});
