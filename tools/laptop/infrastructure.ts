import { join } from 'node:path';
import { OPERATOR, SERVICE_NAMES } from '@absah/contracts';
import {
  fetchModels,
  startNats,
  startPostgres,
  type NatsUser,
  type Progress,
  type RunningNats,
  type RunningPostgres,
} from '@absah/local-infra';
import { brokerPermissions, operatorPermissions } from '@absah/messaging';
import type { AnyServiceName } from '@absah/service-kit';
import { SERVICES, type LaptopSecrets } from './credentials.js';
import type { Addresses } from './environments.js';

export interface Infrastructure {
  readonly postgres: RunningPostgres;
  readonly nats: RunningNats;
  readonly addresses: Addresses;
  stop(): Promise<void>;
}

/** Real servers with real permissions: one database and role, one broker user per service. */
export async function startInfrastructure(
  dataDir: string,
  secrets: LaptopSecrets,
  options: { readonly progress: Progress; readonly apiPort: number },
): Promise<Infrastructure> {
  const { progress, apiPort } = options;
  const logFolder = join(dataDir, 'logs');
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(running.map((server) => server.stop())));
  const keep = <T extends { stop(): Promise<void> }>(server: T): T => {
    running.push(server);
    return server;
  };
  const starting = await Promise.allSettled([
    fetchModels(progress),
    startPostgres({ dataDir: join(dataDir, 'postgres'), logFolder, progress }).then(keep),
    startNats({ storeDir: join(dataDir, 'nats'), users: brokerUsers(secrets), logFolder, progress }).then(
      keep,
    ),
  ]);
  try {
    const modelsDir = valueOrThrow(starting[0]);
    const postgres = valueOrThrow(starting[1]);
    const nats = valueOrThrow(starting[2]);
    const databaseUrls = await createDatabases(postgres, secrets);
    return { postgres, nats, addresses: { databaseUrls, natsUrl: nats.url, modelsDir, apiPort }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function valueOrThrow<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

function brokerUsers(secrets: LaptopSecrets): NatsUser[] {
  const operator = { user: OPERATOR, password: secrets[`broker-${OPERATOR}`], ...operatorPermissions() };
  const services = SERVICE_NAMES.map((service) => ({
    user: service,
    password: secrets[`broker-${service}`],
    ...brokerPermissions(service),
  }));
  return [...services, operator];
}

async function createDatabases(
  postgres: RunningPostgres,
  secrets: LaptopSecrets,
): Promise<Record<AnyServiceName, string>> {
  const urls: Partial<Record<AnyServiceName, string>> = {};
  for (const service of SERVICES) {
    const name = service.replaceAll('-', '_');
    urls[service] = await postgres.createDatabase(name, name, secrets[`database-${service}`]);
  }
  return urls as Record<AnyServiceName, string>;
}
