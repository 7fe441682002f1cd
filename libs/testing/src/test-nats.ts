import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, type NatsOptions, type NatsUser, type RunningNats } from '@absah/local-infra';

/** A broker for one suite, with an empty store that `stop` removes. */
export async function startTestNats(
  users: readonly NatsUser[] = [],
  options: Pick<NatsOptions, 'tls'> = {},
): Promise<RunningNats> {
  const folder = await mkdtemp(join(tmpdir(), 'absah-nats-'));
  const discard = () => rm(folder, { recursive: true, force: true });
  try {
    const nats = await startNats({ storeDir: join(folder, 'store'), users, ...options });
    const stop = () => nats.stop().finally(discard);
    return { ...nats, stop };
  } catch (error) {
    await discard();
    throw error;
  }
}
