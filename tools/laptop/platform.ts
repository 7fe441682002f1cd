import { join } from 'node:path';
import { SERVICE_NAMES, type ServiceName } from '@absah/contracts';
import type { Progress } from '@absah/local-infra';
import type { AnyServiceName, Environment } from '@absah/service-kit';
import { writeOperatorSettings } from '../absah/operator-settings.js';
import { loadLaptopSecrets, type LaptopSecrets } from './credentials.js';
import { operatorEnvironment, sandboxEnvironment, serviceEnvironments } from './environments.js';
import type { HostedService, ServiceHost } from './host.js';
import type { ServicePart } from './many-processes-host.js';
import type { PlatformPids } from './platform-pids.js';
import { startInfrastructure, type Infrastructure } from './infrastructure.js';
import { ServiceCrew } from './service-crew.js';
import { trustAuthority } from './trust-authority.js';

export interface PlatformOptions {
  readonly dataDir: string;
  readonly apiPort: number;
  readonly progress: Progress;
  /** What services are told beyond, or instead of, what a laptop tells them. */
  readonly settings?: Environment;
}

/** The whole of Absah on this machine, with the registry's stand-in. */
export interface Platform<S extends HostedService = HostedService> {
  readonly urls: Readonly<Record<AnyServiceName, string>>;
  readonly services: Readonly<Record<AnyServiceName, S>>;
  readonly secrets: LaptopSecrets;
  readonly infrastructure: Infrastructure;
  readonly pids: PlatformPids;
  /** One more of the service, at an address of its own; it ends with the platform at the latest. */
  startReplica(name: ServiceName): Promise<S>;
  stop(): Promise<void>;
}

/** All services in one process, or each in its own. */
export async function startPlatform(
  options: PlatformOptions & { readonly processes: 'one' | 'many' },
): Promise<Platform> {
  if (options.processes === 'many') return startManyProcesses(options);
  // Loaded when chosen: a launcher of many processes needs none of the services' code itself.
  const { oneProcessHost } = await import('./one-process-host.js');
  return startOn(oneProcessHost(logFolder(options)), options);
}

/** For harnesses, too, which end, pause and start single services, the broker and the database server. */
export async function startManyProcesses(options: PlatformOptions): Promise<Platform<ServicePart>> {
  const { manyProcessesHost } = await import('./many-processes-host.js');
  return startOn(await manyProcessesHost(logFolder(options)), options);
}

function logFolder({ dataDir }: PlatformOptions): string {
  return join(dataDir, 'logs');
}

async function startOn<S extends HostedService>(
  host: ServiceHost<S>,
  options: PlatformOptions,
): Promise<Platform<S>> {
  const secrets = await loadLaptopSecrets(options.dataDir);
  const infrastructure = await startInfrastructure(options.dataDir, secrets, options);
  const crew = new ServiceCrew(host, options.settings);
  const stop = async (): Promise<void> => {
    await crew.stop();
    await infrastructure.stop();
  };
  try {
    await trustAuthority(infrastructure.addresses.caFile);
    await writeOperatorSettings(options.dataDir, operatorEnvironment(secrets, infrastructure.addresses));
    const environments = await startCrew(crew, secrets, infrastructure, options.progress);
    const services = crew.firsts();
    return {
      services,
      urls: urlsOf(services),
      secrets,
      infrastructure,
      get pids() {
        return {
          services: crew.pids,
          broker: infrastructure.nats.pid,
          database: infrastructure.postgres.pid,
        };
      },
      startReplica: (name) => crew.start(name, { ...environments[name], HTTP_PORT: '0' }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startCrew<S extends HostedService>(
  crew: ServiceCrew<S>,
  secrets: LaptopSecrets,
  { addresses }: Infrastructure,
  progress: Progress,
): Promise<Readonly<Record<ServiceName, Environment>>> {
  const sandbox = await crew.start('dukcapil-sandbox', sandboxEnvironment(secrets, addresses));
  progress('Registry sandbox is ready', sandbox.url);
  const environments = serviceEnvironments(secrets, addresses, sandbox.url);
  const starting = SERVICE_NAMES.map(async (name) => {
    const service = await crew.start(name, environments[name]);
    progress(`${name} is ready`, service.url);
  });
  const failed = (await Promise.allSettled(starting)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return environments;
}

function urlsOf(
  services: Readonly<Record<AnyServiceName, HostedService>>,
): Readonly<Record<AnyServiceName, string>> {
  const entries = Object.entries(services).map(([name, { url }]) => [name, url]);
  return Object.fromEntries(entries) as Record<AnyServiceName, string>;
}
