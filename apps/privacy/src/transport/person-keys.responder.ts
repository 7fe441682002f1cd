import {
  ComparisonKeysByIdV1,
  IdentityKeysByIdV1,
  IdentityKeysOfSubjectsV1,
  TemplateKeysOfSubjectsV1,
  type PayloadOf,
  type ReplyOf,
} from '@absah/contracts';
import { Answer } from '@absah/messaging';
import {
  COMPARISON_KEYS_BY_ID,
  IDENTITY_KEYS_BY_ID,
  IDENTITY_KEYS_OF_SUBJECTS,
  sealKeyReply,
  TEMPLATE_KEYS_OF_SUBJECTS,
} from '@absah/person-keys';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { ObtainSecrets } from '../application/obtain-secrets.js';
import type { PrivacyConfig } from '../config.js';

type BySubject = PayloadOf<typeof IdentityKeysOfSubjectsV1>;
type ById = PayloadOf<typeof IdentityKeysByIdV1>;
type Reply = ReplyOf<typeof IdentityKeysByIdV1>;

/** The broker lets each query be asked by one service; the answer is sealed to it. */
@Controller()
export class PersonKeysResponder {
  constructor(
    @Inject(ObtainSecrets) private readonly secrets: ObtainSecrets,
    @Inject(SERVICE_CONFIG) private readonly config: PrivacyConfig,
  ) {}

  @Answer(IdentityKeysOfSubjectsV1)
  async identityKeysOfSubjects(@Payload() { nonce, subjectRefs }: BySubject): Promise<Reply> {
    const transportKey = this.config.CAPTURE_INTAKE_TRANSPORT_KEY.reveal();
    const secrets = await this.secrets.ofSubjects(subjectRefs);
    return { sealed: sealKeyReply(IDENTITY_KEYS_OF_SUBJECTS, { transportKey, nonce }, secrets) };
  }

  @Answer(TemplateKeysOfSubjectsV1)
  async templateKeysOfSubjects(@Payload() { nonce, subjectRefs }: BySubject): Promise<Reply> {
    const transportKey = this.config.TEMPLATE_EXTRACTION_TRANSPORT_KEY.reveal();
    const secrets = await this.secrets.ofSubjects(subjectRefs);
    return { sealed: sealKeyReply(TEMPLATE_KEYS_OF_SUBJECTS, { transportKey, nonce }, secrets) };
  }

  @Answer(ComparisonKeysByIdV1)
  async comparisonKeysById(@Payload() { nonce, keyIds }: ById): Promise<Reply> {
    const transportKey = this.config.IKD_GATEWAY_TRANSPORT_KEY.reveal();
    const secrets = await this.secrets.byIds(keyIds);
    return { sealed: sealKeyReply(COMPARISON_KEYS_BY_ID, { transportKey, nonce }, secrets) };
  }

  @Answer(IdentityKeysByIdV1)
  async identityKeysById(@Payload() { nonce, keyIds }: ById): Promise<Reply> {
    const transportKey = this.config.DATA_BALIKAN_TRANSPORT_KEY.reveal();
    const secrets = await this.secrets.byIds(keyIds);
    return { sealed: sealKeyReply(IDENTITY_KEYS_BY_ID, { transportKey, nonce }, secrets) };
  }
}
