import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { judgeAnswer, type Finding } from '../domain/judge-answer.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { ObtainValues, type ObtainedValues } from './obtain-values.js';
import { IDENTITY_REGISTRY, type Access, type IdentityCase, type IdentityRegistry } from './ports.js';
import { RegistryCircuit } from './registry-circuit.js';
import { transactionIdOf } from './transaction-id.js';

export interface Attempt {
  readonly transactionId: string;
  readonly finding: Finding;
  /** Absent when the registry was not asked at all. */
  readonly access?: Access;
}

const NOT_ASKED: Finding = { kind: 'parked', cause: 'unreachable' };

/** One question to the registry about one case; records nothing. */
@Injectable()
export class AskRegistry {
  constructor(
    @Inject(IDENTITY_REGISTRY) private readonly registry: IdentityRegistry,
    @Inject(RegistryCircuit) private readonly circuit: RegistryCircuit,
    @Inject(ObtainValues) private readonly values: ObtainValues,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async ask(identity: IdentityCase): Promise<Attempt> {
    const transactionId = transactionIdOf(identity.caseId);
    if (!this.circuit.mayAsk()) return { transactionId, finding: NOT_ASKED };
    const values = await this.values.obtain(identity);
    if (values.kind === 'parked') return { transactionId, finding: values };
    const at = this.clock.now();
    const answer = await this.verify(identity, transactionId, values);
    this.circuit.note(answer);
    const finding = judgeAnswer(answer, { transactionId, threshold: this.config.MATCH_SCORE_THRESHOLD });
    const durationMs = this.clock.now().getTime() - at.getTime();
    this.report(identity, answer, finding, durationMs);
    return { transactionId, finding, access: { at, durationMs, transactionId, answerCode: codeOf(answer) } };
  }

  private async verify(
    identity: IdentityCase,
    transactionId: string,
    { nik, template }: ObtainedValues,
  ): Promise<RegistryAnswer> {
    try {
      return await this.registry.verify({
        transactionId,
        nik,
        template,
        modelChain: identity.modelChain,
        threshold: this.config.MATCH_SCORE_THRESHOLD,
      });
    } finally {
      template.fill(0);
    }
  }

  private report(identity: IdentityCase, answer: RegistryAnswer, finding: Finding, durationMs: number): void {
    const fields = { caseId: identity.caseId, code: codeOf(answer), durationMs };
    if (answer.kind === 'unavailable' && answer.needsEngineer) {
      this.logger.error('registry does not accept our requests', fields);
    } else if (finding.kind === 'parked' && finding.inconsistent) {
      this.logger.error('registry contradicts itself', fields);
    } else {
      this.logger.info('registry asked', { ...fields, decision: finding.kind });
    }
  }
}

function codeOf(answer: RegistryAnswer): string {
  if (answer.kind === 'compared') return answer.verdict;
  return answer.kind === 'refused' ? answer.registryCode : (answer.registryCode ?? answer.cause);
}
