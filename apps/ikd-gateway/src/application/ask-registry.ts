import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { judgeAnswer, type Finding } from '../domain/judge-answer.js';
import type { ParkCause, RegistryAnswer } from '../domain/registry-answer.js';
import { ObtainValues, type ObtainedValues } from './obtain-values.js';
import { IDENTITY_REGISTRY, type Access, type IdentityCase, type IdentityRegistry } from './ports.js';
import { RegistryGuards, type Lane } from './registry-guards.js';
import { transactionIdOf } from './transaction-id.js';

export interface Attempt {
  readonly transactionId: string;
  readonly finding: Finding;
  /** One per question that left: none when the registry was not asked at all, two after a second try. */
  readonly accesses: readonly Access[];
}

/** What the registry says about one case now, within its guards; records nothing. */
@Injectable()
export class AskRegistry {
  constructor(
    @Inject(IDENTITY_REGISTRY) private readonly registry: IdentityRegistry,
    @Inject(RegistryGuards) private readonly guards: RegistryGuards,
    @Inject(ObtainValues) private readonly values: ObtainValues,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async ask(identity: IdentityCase, lane: Lane): Promise<Attempt> {
    const transactionId = transactionIdOf(identity.caseId);
    const turn = await this.guards.take(lane, () => this.askInTurn(identity, transactionId, lane));
    return turn.kind === 'taken' ? turn.result : withoutAsking(identity, turn.cause);
  }

  private async askInTurn(identity: IdentityCase, transactionId: string, lane: Lane): Promise<Attempt> {
    const values = await this.values.obtain(identity);
    if (values.kind === 'parked') return { transactionId, finding: values, accesses: [] };
    const accesses: Access[] = [];
    try {
      const answer = await this.guards.ask(lane, async (signal) => {
        const { reply, access } = await this.verify(identity, transactionId, values, signal);
        accesses.push(access);
        return reply;
      });
      if (!answer) return { transactionId, finding: notAsked('unreachable'), accesses };
      const { MATCH_SCORE_THRESHOLD: threshold } = this.config;
      const finding = judgeAnswer(answer, { transactionId, threshold });
      this.report(identity, answer, finding, accesses);
      return { transactionId, finding, accesses };
    } finally {
      values.template.fill(0);
    }
  }

  private async verify(
    { modelChain }: IdentityCase,
    transactionId: string,
    { nik, template }: ObtainedValues,
    signal: AbortSignal,
  ): Promise<{ readonly reply: RegistryAnswer; readonly access: Access }> {
    const at = this.clock.now();
    const { MATCH_SCORE_THRESHOLD: threshold } = this.config;
    const reply = await this.registry.verify({ transactionId, nik, template, modelChain, threshold }, signal);
    const durationMs = this.clock.now().getTime() - at.getTime();
    return { reply, access: { at, durationMs, transactionId, answerCode: codeOf(reply) } };
  }

  private report(
    identity: IdentityCase,
    answer: RegistryAnswer,
    finding: Finding,
    accesses: readonly Access[],
  ): void {
    const durationMs = accesses.reduce((sum, access) => sum + access.durationMs, 0);
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

/** What is known of a case about which no question leaves. */
export function withoutAsking({ caseId }: IdentityCase, cause: ParkCause): Attempt {
  return { transactionId: transactionIdOf(caseId), finding: notAsked(cause), accesses: [] };
}

/** It is no try: nothing was learnt, not even about the registry. */
function notAsked(cause: ParkCause): Finding {
  return { kind: 'parked', cause, unasked: true };
}

function codeOf(answer: RegistryAnswer): string {
  if (answer.kind === 'compared') return answer.verdict;
  return answer.kind === 'refused' ? answer.registryCode : (answer.registryCode ?? answer.cause);
}
