import { readFile, writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { OPERATOR } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { natsConfigSchema } from '@absah/service-kit';

/** Where the launcher of a laptop leaves what the command line needs to reach the broker. */
function operatorSettingsFile(dataDir: string): string {
  return join(dataDir, 'operator.env');
}

/** Removed first: the mode of an existing file would stay as it is, and this one holds a password. */
export async function writeOperatorSettings(
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const file = operatorSettingsFile(dataDir);
  await rm(file, { force: true });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(file, lines.join(''), { mode: 0o600 });
}

/** From the environment; on a laptop from the running platform's own file. */
export async function readOperatorSettings(dataDir: string) {
  const kept = await readFile(operatorSettingsFile(dataDir), 'utf8').catch(() => '');
  const settings = natsConfigSchema.safeParse({ NATS_USER: OPERATOR, ...parseEnv(kept), ...process.env });
  if (!settings.success) {
    throw new ServiceError('invalid', 'CLI.BROKER_UNKNOWN', 'the broker of the platform is not known', {
      nextStep: 'Start the platform, or set NATS_URL, NATS_USER and NATS_PASSWORD.',
    });
  }
  return settings.data;
}
