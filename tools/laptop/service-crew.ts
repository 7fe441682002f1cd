import { SERVICE_NAMES } from '@absah/contracts';
import type { AnyServiceName, Environment } from '@absah/service-kit';
import type { HostedService, ServiceHost } from './host.js';

/** The door first, then along the way of a case, and last the registry, which others still ask. */
const STOP_ORDER: readonly AnyServiceName[] = [...SERVICE_NAMES, 'dukcapil-sandbox'];

interface Member<S> {
  readonly name: AnyServiceName;
  readonly service: S;
}

/** Every service that was started, with all its replicas. */
export class ServiceCrew<S extends HostedService> {
  readonly #members: Member<S>[] = [];

  /** `settings` go to each of them, beyond or instead of its own. */
  constructor(
    private readonly host: ServiceHost<S>,
    private readonly settings: Environment = {},
  ) {}

  async start(name: AnyServiceName, env: Environment): Promise<S> {
    const service = await this.host.start(name, { ...env, ...this.settings });
    this.#members.push({ name, service });
    return service;
  }

  async stop(): Promise<void> {
    for (const name of STOP_ORDER) await Promise.all(this.#named(name).map(({ service }) => service.stop()));
  }

  get pids(): readonly number[] {
    return [...new Set(this.#members.map(({ service }) => service.pid))];
  }

  /** Of each the first; once all of them were started. */
  firsts(): Readonly<Record<AnyServiceName, S>> {
    const entries = STOP_ORDER.map((name) => [name, this.#named(name)[0]?.service]);
    return Object.fromEntries(entries) as Record<AnyServiceName, S>;
  }

  #named(name: AnyServiceName): readonly Member<S>[] {
    return this.#members.filter((member) => member.name === name);
  }
}
