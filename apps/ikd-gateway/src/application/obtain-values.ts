import { SealedTemplateV1 } from '@absah/contracts';
import { ServiceError, type Nik } from '@absah/domain-kit';
import { QueryClient } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { templateMissing } from '../domain/errors.js';
import type { Parked } from '../domain/judge-answer.js';
import type { IdentityCase } from './ports.js';
import { SealedValues } from './sealed-values.js';

/** In the clear: whoever gets them zeroes the template after use. */
export interface ObtainedValues {
  readonly kind: 'obtained';
  readonly nik: Nik;
  readonly template: Uint8Array;
}

/** Gets what is compared from its owner and opens it. */
@Injectable()
export class ObtainValues {
  constructor(
    @Inject(QueryClient) private readonly queries: QueryClient,
    @Inject(SealedValues) private readonly sealedValues: SealedValues,
    @Inject(SERVICE_CONFIG) private readonly config: IkdGatewayConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Whatever goes wrong says nothing about the person, so the case waits and stays in sight: it is never buried. */
  async obtain(identity: IdentityCase): Promise<ObtainedValues | Parked> {
    try {
      // Both ways at once; the template last, so that nobody has to zero it because the NIK failed.
      const [sealed, nik] = await Promise.all([
        this.fetchTemplate(identity.templateId),
        this.sealedValues.openNik(identity),
      ]);
      return { kind: 'obtained', nik, template: await this.sealedValues.openTemplate(sealed, identity) };
    } catch (error) {
      const { caseId, templateId } = identity;
      this.logger.error('values to compare not obtained', { caseId, templateId, error });
      return this.parkedFor(error);
    }
  }

  private async fetchTemplate(templateId: string): Promise<Uint8Array> {
    const reply = await this.queries.ask(SealedTemplateV1, { templateId });
    if (reply.kind === 'missing') throw templateMissing();
    return Buffer.from(reply.sealed, 'base64');
  }

  private parkedFor(error: unknown): Parked {
    const parked: Parked = { kind: 'parked', cause: 'unreachable' };
    return needsPerson(error) ? { ...parked, retryAfterMs: this.config.PARK_LONGEST_DELAY_MS } : parked;
  }
}

/** Altered bytes and missing rows do not heal; a failing owner and a key put right do. */
function needsPerson(error: unknown): boolean {
  return error instanceof ServiceError && (error.kind === 'invalid' || error.kind === 'missing');
}
