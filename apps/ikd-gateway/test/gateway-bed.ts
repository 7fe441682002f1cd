import {
  CaseOutlookV1,
  FaceExtractedV1,
  SealedTemplateV1,
  type PayloadOf,
  type ReplyOf,
} from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { COMPARISON_KEYS_BY_ID } from '@absah/person-keys';
import { sealText } from '@absah/sealing';
import { KeyDesk, ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { sampleEvent, sampleSubjectRef } from '@absah/testing';
import { MODEL_CHAIN, type SandboxUnderTest } from '../../dukcapil-sandbox/test/sandbox-client.js';
import { ikdGatewayService } from '../src/ikd-gateway.service.js';

type Extracted = PayloadOf<typeof FaceExtractedV1>;
type Owner = 'answers' | 'is silent' | 'fails';

/** What a service answers whose database is down. */
const FAILED = {
  error: { kind: 'internal', code: 'MESSAGING.ANSWER_FAILED', message: 'no answer was made' },
};

/** Replicas of the gateway, the owners of templates and of cases, and the registry stand-in. */
export class GatewayBed {
  readonly bus: EventBus;
  /** Cases that the intake, when asked, says to be over. */
  readonly over = new Set<string>();
  private readonly templates = new Map<string, string>();
  private templateOwner: Owner = 'answers';
  private intake: Owner = 'answers';

  private constructor(
    readonly service: ServiceUnderTest,
    readonly keys: KeyDesk,
  ) {
    this.bus = service.bus;
    this.answerTemplates();
    this.answerOutlooks();
  }

  static async open(sandbox: SandboxUnderTest): Promise<GatewayBed> {
    const keys = new KeyDesk();
    const service = await ServiceUnderTest.prepare(ikdGatewayService, {
      ...keys.settings,
      IKD_URL: sandbox.url(),
      IKD_USER: 'gateway',
      IKD_PASSWORD: 'gateway-password',
      REGISTRY_TIMEOUT_MS: '8000',
      REGISTRY_QUEUE_WAIT_MS: '8000',
      PARK_FIRST_DELAY_MS: '100',
      PARK_LONGEST_DELAY_MS: '300',
      PARK_POLL_INTERVAL_MS: '50',
      CIRCUIT_OPEN_MS: '200',
      DRAIN_START_PER_SECOND: '20',
    });
    keys.serve(service.bus, COMPARISON_KEYS_BY_ID);
    return new GatewayBed(service, keys);
  }

  /** Says what template-extraction would say, and keeps the template for whoever may ask. */
  newCase(nik: string, template: Uint8Array, terms: Partial<Pick<Extracted, 'decideBy'>> = {}): Extracted {
    const [caseId, templateId, subjectRef] = [uuidV7(), uuidV7(), sampleSubjectRef()];
    const sealed = this.keys.keyOf(subjectRef, 'template').seal(template, templateId);
    this.templates.set(templateId, Buffer.from(sealed).toString('base64'));
    const sealedNik = sealText(this.keys.keyOf(subjectRef, 'identity'), nik, caseId);
    const extracted = { caseId, subjectRef, templateId, sealedNik, modelChain: MODEL_CHAIN };
    return sampleEvent(FaceExtractedV1, { ...extracted, ...terms });
  }

  async verify(...about: Parameters<GatewayBed['newCase']>): Promise<Extracted> {
    const payload = this.newCase(...about);
    await this.bus.publish(FaceExtractedV1, payload);
    return payload;
  }

  async accesses(caseId: string): Promise<Record<string, unknown>[]> {
    return this.service.rows(
      'SELECT * FROM registry_accesses WHERE case_id = $1 ORDER BY accessed_at',
      caseId,
    );
  }

  async parked(): Promise<Record<string, unknown>[]> {
    return this.service.rows('SELECT * FROM parked_cases ORDER BY parked_at');
  }

  /** The owner of templates goes away, breaks and comes back. */
  letTemplateOwner(now: Owner): void {
    this.templateOwner = now;
  }

  letIntake(now: Owner): void {
    this.intake = now;
  }

  private answerOutlooks(): void {
    this.bus.connection.subscribe(CaseOutlookV1.subject, {
      callback: (_error, message) => {
        if (this.intake === 'is silent') return;
        const { caseIds } = message.json<PayloadOf<typeof CaseOutlookV1>>();
        const outlook = { activated: [], over: caseIds.filter((caseId) => this.over.has(caseId)) };
        message.respond(JSON.stringify(this.intake === 'fails' ? FAILED : outlook));
      },
    });
  }

  private answerTemplates(): void {
    this.bus.connection.subscribe(SealedTemplateV1.subject, {
      callback: (_error, message) => {
        if (this.templateOwner === 'is silent') return;
        const { templateId } = message.json<{ templateId: string }>();
        message.respond(JSON.stringify(this.templateOwner === 'fails' ? FAILED : this.find(templateId)));
      },
    });
  }

  private find(templateId: string): ReplyOf<typeof SealedTemplateV1> {
    const sealed = this.templates.get(templateId);
    return sealed ? { kind: 'found', sealed, modelChain: MODEL_CHAIN } : { kind: 'missing' };
  }
}
