import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';

const CLI = fileURLToPath(new URL('../../../tools/absah/main.js', import.meta.url));

/** `absah`, as somebody at a terminal of this machine calls it. */
export async function absah(
  { natsUrl, caFile, secrets }: Pick<SpawnedPlatform, 'natsUrl' | 'caFile' | 'secrets'>,
  ...args: readonly string[]
): Promise<{ status: number; output: string; errors: string }> {
  const child = execFile(process.execPath, [CLI, ...args], {
    env: {
      PATH: '/usr/bin:/bin',
      NATS_URL: natsUrl,
      NATS_CA_FILE: caFile,
      NATS_USER: 'operator',
      NATS_PASSWORD: secrets['broker-operator'],
    },
  });
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (chunk: string) => (output += chunk));
  child.stderr?.on('data', (chunk: string) => (errors += chunk));
  const [status] = (await once(child, 'close')) as [number];
  return { status, output, errors };
}
