import type { EventContract, ServiceName } from '@absah/contracts';

/** The durable consumer of one service for one event; dots mean levels to the broker. */
export function durableName(service: ServiceName, contract: Pick<EventContract, 'name'>): string {
  return `${service}-${contract.name}`;
}

export function everythingDurableName(service: ServiceName): string {
  return `${service}-everything`;
}
