import {
  compareTemplates,
  MalformedTemplateError,
  ModelChainMismatchError,
  type Calibration,
  type Comparison,
} from '@absah/biometrics';
import { parseNik, type Clock } from '@absah/domain-kit';
import { modelManifest } from '@absah/inference';
import {
  ANSWER_CODES,
  faceVerificationRequest,
  type AnswerCodeId,
  type FaceVerificationRequest,
} from '@absah/registry-protocol';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { behaviourIn } from '../domain/condition.js';
import { verdictOf } from '../domain/verdict.js';
import { PEOPLE, VERIFICATIONS, type People, type Person, type Verifications } from './ports.js';

export type FaceReply =
  | { readonly kind: 'answer'; readonly httpStatus: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'keep-waiting' }
  | { readonly kind: 'hang-up' };

const CALIBRATION: Calibration = modelManifest.thresholds.calibration;
const OBLIGATORY = ['transactionId', 'nik', 'template', 'modelChain'];

/** What the registry does with one 1:1 question; the comparison happens here, on its own reference (V6). */
@Injectable()
export class VerifyFace {
  constructor(
    @Inject(PEOPLE) private readonly people: People,
    @Inject(VERIFICATIONS) private readonly verifications: Verifications,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute(body: unknown): Promise<FaceReply> {
    const request = faceVerificationRequest.safeParse(body);
    if (!request.success) return refusal(isComplete(body) ? '5004' : '07');
    const nik = parseNik(request.data.nik);
    if (!nik) return this.settle(request.data, refusal('15', request.data));
    const person = await this.people.find(nik);
    if (!person) return this.settle(request.data, refusal('13', request.data));
    return this.answerAbout(person, request.data);
  }

  private async answerAbout(person: Person, request: FaceVerificationRequest): Promise<FaceReply> {
    const behaviour = behaviourIn(person.condition);
    switch (behaviour.kind) {
      case 'keep-waiting':
      case 'hang-up':
        return behaviour;
      case 'put-off':
        return refusal(behaviour.code, request);
      case 'refuse':
        return this.settle(request, refusal(behaviour.code, request));
      case 'compare': {
        const comparison = compareSafely(person, request);
        if (!comparison) return refusal('6006', request);
        return this.settle(request, this.compared(comparison, request));
      }
    }
  }

  private compared({ score }: Comparison, { transactionId, threshold }: FaceVerificationRequest): Answer {
    const comparedAt = this.clock.now().toISOString();
    return {
      kind: 'answer',
      httpStatus: 200,
      body: { transactionId, ...verdictOf(score, threshold), comparedAt },
    };
  }

  /** Whatever this transaction was told first is what it is told now. */
  private async settle(request: FaceVerificationRequest, answer: Answer): Promise<FaceReply> {
    const { transactionId, nik, template, modelChain, threshold } = request;
    const questionDigest = this.verifications.digestOf([nik, template, modelChain, String(threshold)]);
    const { httpStatus, body } = answer;
    const recorded = await this.verifications.record(transactionId, { questionDigest, httpStatus, body });
    if (recorded.questionDigest !== questionDigest) return refusal('5004', request);
    return { kind: 'answer', httpStatus: recorded.httpStatus, body: recorded.body };
  }
}

type Answer = Extract<FaceReply, { readonly kind: 'answer' }>;

function refusal(responseCode: AnswerCodeId, request?: FaceVerificationRequest): Answer {
  const { httpStatus, respon } = ANSWER_CODES[responseCode];
  const transaction = request && { transactionId: request.transactionId };
  return { kind: 'answer', httpStatus, body: { ...transaction, responseCode, respon } };
}

function isComplete(body: unknown): boolean {
  return typeof body === 'object' && body !== null && OBLIGATORY.every((name) => Object.hasOwn(body, name));
}

/** Undefined for templates that have no comparison with the reference: malformed, or of other models. */
function compareSafely(person: Person, request: FaceVerificationRequest): Comparison | undefined {
  const probe = Buffer.from(request.template, 'base64');
  try {
    return compareTemplates(probe, person.template, CALIBRATION);
  } catch (error) {
    const foreseen = error instanceof MalformedTemplateError || error instanceof ModelChainMismatchError;
    if (foreseen) return undefined;
    throw error;
  } finally {
    probe.fill(0);
    person.template.fill(0);
  }
}
