import type { KekProvider } from '../application/ports.js';
import type { PrivacyConfig } from '../config.js';
import { FileKeks } from './file-keks.js';
import { VaultClient } from './vault-client.js';
import { VaultKeks } from './vault-keks.js';

export interface OpenKeks {
  readonly keks: KekProvider;
  close(): Promise<void>;
}

/** The provider that the configuration names; which keys of it are obligatory, the configuration has checked. */
export function openKeks(config: PrivacyConfig): OpenKeks {
  if (config.KEK_PROVIDER === 'file') {
    return { keks: new FileKeks(config.KEK_FILE ?? ''), close: async () => undefined };
  }
  const client = new VaultClient({
    url: config.VAULT_URL ?? '',
    tokenFile: config.VAULT_TOKEN_FILE ?? '',
    namespace: config.VAULT_NAMESPACE,
    caFile: config.VAULT_CA_FILE,
    timeoutMs: config.VAULT_TIMEOUT_MS,
  });
  const place = { mount: config.VAULT_TRANSIT_MOUNT, key: config.VAULT_TRANSIT_KEY };
  return { keks: new VaultKeks(client, place), close: () => client.close() };
}
