import type { AnyServiceName, Environment } from '@absah/service-kit';

/** Where services run: in this process, or each in its own. */
export interface ServiceHost<S extends HostedService = HostedService> {
  start(name: AnyServiceName, env: Environment): Promise<S>;
}

export interface HostedService {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}
