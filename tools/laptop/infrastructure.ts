import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OPERATOR, SERVICE_NAMES } from '@absah/contracts';
import {
  fetchModels,
  lastingPort,
  LocalAuthority,
  startNats,
  startPostgres,
  type NatsOptions,
  type NatsUser,
  type PostgresOptions,
  type Progress,
  type RunningNats,
  type RunningPostgres,
} from '@absah/local-infra';
import { brokerPermissions, operatorPermissions } from '@absah/messaging';
import type { AnyServiceName } from '@absah/service-kit';
import { SERVICES, type LaptopSecrets } from './credentials.js';
import type { Addresses } from './environments.js';
import { keepKekFile } from './kek-file.js';
import { PlatformPart } from './platform-part.js';

export interface Infrastructure {
  readonly postgres: PlatformPart<RunningPostgres>;
  readonly nats: BrokerPart;
  readonly addresses: Addresses;
  stop(): Promise<void>;
}

class BrokerPart extends PlatformPart<RunningNats> {
  constructor(
    private readonly storeDir: string,
    launch: () => Promise<RunningNats>,
    first: RunningNats,
  ) {
    super('nats', launch, first);
  }

  /** As if its disk were gone. */
  async loseStore(): Promise<void> {
    if (this.isRunning) throw new Error('the broker still runs');
    await rm(this.storeDir, { recursive: true, force: true });
  }
}

/** Real servers with real permissions: one database and role, one broker user per service. */
export async function startInfrastructure(
  dataDir: string,
  secrets: LaptopSecrets,
  options: { readonly progress: Progress; readonly apiPort: number },
): Promise<Infrastructure> {
  const { progress, apiPort } = options;
  const logFolder = join(dataDir, 'logs');
  const authority = await LocalAuthority.open(join(dataDir, 'tls'));
  const [postgresTls, natsTls] = await Promise.all([
    authority.serverCertificate('postgres'),
    authority.serverCertificate('nats'),
  ]);
  const running: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(running.map((server) => server.stop())));
  const keep = <T extends { stop(): Promise<void> }>(server: T): T => {
    running.push(server);
    return server;
  };
  const starting = await Promise.allSettled([
    fetchModels(progress),
    startDatabase({ dataDir: join(dataDir, 'postgres'), tls: postgresTls, logFolder, progress }).then(keep),
    startBroker({
      storeDir: join(dataDir, 'nats'),
      users: brokerUsers(secrets),
      tls: natsTls,
      logFolder,
      progress,
    }).then(keep),
  ]);
  try {
    const modelsDir = valueOrThrow(starting[0]);
    const postgres = valueOrThrow(starting[1]);
    const nats = valueOrThrow(starting[2]);
    const databaseUrls = await createDatabases(postgres.current, secrets);
    const addresses = {
      databaseUrls,
      natsUrl: nats.current.url,
      modelsDir,
      apiPort,
      kekFile: await keepKekFile(join(dataDir, 'secrets')),
      ...(await issueCertificates(authority)),
    };
    return { postgres, nats, addresses, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase(options: PostgresOptions): Promise<PlatformPart<RunningPostgres>> {
  const port = await lastingPort();
  const launch = () => startPostgres({ ...options, port });
  return new PlatformPart('postgres', launch, await launch());
}

async function startBroker(options: NatsOptions): Promise<BrokerPart> {
  const port = await lastingPort();
  const launch = () => startNats({ ...options, port });
  return new BrokerPart(options.storeDir, launch, await launch());
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

async function issueCertificates(
  authority: LocalAuthority,
): Promise<Pick<Addresses, 'caFile' | 'certificates' | 'registryCallers'>> {
  const issuing = SERVICES.map(async (name) => [name, await authority.serverCertificate(name)] as const);
  const certificates = Object.fromEntries(await Promise.all(issuing)) as Addresses['certificates'];
  const registryCallers = {
    'ikd-gateway': await authority.clientCertificate('ikd-gateway'),
    'data-balikan': await authority.clientCertificate('data-balikan'),
  };
  return { caFile: authority.caFile, certificates, registryCallers };
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
