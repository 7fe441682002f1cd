import { join } from 'node:path';
import { SERVICE_NAMES } from '@absah/contracts';
import type { Progress } from '@absah/local-infra';
import type { AnyServiceName } from '@absah/service-kit';
import { loadLaptopSecrets, type LaptopSecrets } from './credentials.js';
import { operatorEnvironment, sandboxEnvironment, serviceEnvironments } from './environments.js';
import { writeOperatorSettings } from '../absah/operator-settings.js';
import type { HostedService, ServiceHost } from './host.js';
import { startInfrastructure, type Infrastructure } from './infrastructure.js';

export interface PlatformOptions {
  readonly dataDir: string;
  readonly processes: 'one' | 'many';
  readonly apiPort: number;
  readonly progress: Progress;
}

/** The whole of Absah on this machine, with the registry's stand-in. */
export interface Platform {
  readonly urls: Readonly<Record<AnyServiceName, string>>;
  readonly secrets: LaptopSecrets;
  readonly infrastructure: Infrastructure;
  /** Of every process that works for the platform: services, broker, database server. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** The door first, then along the way of a case, and last the registry, which others still ask. */
const STOP_ORDER: readonly AnyServiceName[] = [...SERVICE_NAMES, 'dukcapil-sandbox'];

/** Loaded when chosen: a launcher of many processes needs none of the services' code itself. */
async function openHost(processes: 'one' | 'many', logFolder: string): Promise<ServiceHost> {
  if (processes === 'many') return (await import('./many-processes-host.js')).manyProcessesHost(logFolder);
  return (await import('./one-process-host.js')).oneProcessHost(logFolder);
}

export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { dataDir, progress } = options;
  const secrets = await loadLaptopSecrets(dataDir);
  const infrastructure = await startInfrastructure(dataDir, secrets, options);
  const services: HostedService[] = [];
  const stop = async (): Promise<void> => {
    for (const name of STOP_ORDER) await services.find((service) => service.name === name)?.stop();
    await infrastructure.stop();
  };
  try {
    await writeOperatorSettings(dataDir, operatorEnvironment(secrets, infrastructure.addresses));
    const logFolder = join(dataDir, 'logs');
    const host = await openHost(options.processes, logFolder);
    const { addresses } = infrastructure;
    const sandbox = await host.start('dukcapil-sandbox', sandboxEnvironment(secrets, addresses));
    services.push(sandbox);
    progress('Registry sandbox is ready', sandbox.url);
    const environments = serviceEnvironments(secrets, addresses, sandbox.url);
    const starting = SERVICE_NAMES.map(async (name) => {
      const service = await host.start(name, environments[name]);
      services.push(service);
      progress(`${name} is ready`, service.url);
    });
    const failed = (await Promise.allSettled(starting)).find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const urls = Object.fromEntries(services.map(({ name, url }) => [name, url])) as Record<
      AnyServiceName,
      string
    >;
    const pids = [
      ...new Set(services.map(({ pid }) => pid)),
      infrastructure.nats.pid,
      infrastructure.postgres.pid,
    ];
    return { urls, secrets, infrastructure, pids, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
