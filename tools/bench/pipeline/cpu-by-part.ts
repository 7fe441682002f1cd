import { everyPid, type PlatformPids } from '../../laptop/platform-pids.js';
import { cpuSecondsOf } from './cpu-clock.js';

/** Seconds, of processes with their children. The registry's stand-in is one of the services. */
export type CpuByPart = Readonly<Record<keyof PlatformPids, number>>;

/** Used so far. */
export function cpuByPart(pids: PlatformPids): CpuByPart {
  const broker = cpuSecondsOf([pids.broker]);
  const database = cpuSecondsOf([pids.database]);
  // In one process, the services are the parent of both.
  return { services: cpuSecondsOf(everyPid(pids)) - broker - database, broker, database };
}

export function cpuSince(before: CpuByPart, pids: PlatformPids): CpuByPart {
  const now = cpuByPart(pids);
  return {
    services: now.services - before.services,
    broker: now.broker - before.broker,
    database: now.database - before.database,
  };
}

export function cpuOfAll({ services, broker, database }: CpuByPart): number {
  return services + broker + database;
}
