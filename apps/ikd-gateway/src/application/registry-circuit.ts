import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { admit, afterAnswer, CLOSED, type CircuitPolicy } from '../domain/circuit-breaker.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';

/** This replica's memory of whether the registry answers at all. */
@Injectable()
export class RegistryCircuit {
  private circuit = CLOSED;
  private readonly policy: CircuitPolicy;

  constructor(
    @Inject(SERVICE_CONFIG) config: IkdGatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.policy = { unansweredToOpen: config.CIRCUIT_UNANSWERED, openMs: config.CIRCUIT_OPEN_MS };
  }

  mayAsk(): boolean {
    const { admitted, circuit } = admit(this.circuit, this.clock.now().getTime(), this.policy);
    this.circuit = circuit;
    return admitted;
  }

  note(answer: RegistryAnswer): void {
    const silent =
      answer.kind === 'unavailable' &&
      answer.registryCode === undefined &&
      (answer.cause === 'unreachable' || answer.cause === 'timed-out');
    this.circuit = afterAnswer(this.circuit, !silent, this.clock.now().getTime(), this.policy);
  }
}
