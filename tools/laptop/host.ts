import type { AnyServiceName, Environment } from '@absah/service-kit';

/** Where services run: in this process, or each in its own. */
export interface ServiceHost {
  start(name: AnyServiceName, env: Environment): Promise<HostedService>;
}

export interface HostedService {
  readonly name: AnyServiceName;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}
