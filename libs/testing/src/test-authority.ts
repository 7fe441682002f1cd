import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAuthority } from '@absah/local-infra';

export interface TestAuthority {
  readonly authority: LocalAuthority;
  readonly caFile: string;
  remove(): Promise<void>;
}

/** A certificate authority of one suite, which nobody else trusts. */
export async function createTestAuthority(): Promise<TestAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'absah-authority-'));
  const authority = await LocalAuthority.open(join(folder, 'tls'));
  return { authority, caFile: authority.caFile, remove: () => rm(folder, { recursive: true, force: true }) };
}
