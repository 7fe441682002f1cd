import { parseNik, type Nik } from '@absah/domain-kit';
import { openText, Sealer } from '@absah/sealing';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { IkdGatewayConfig } from '../config.js';
import { sealedNikMalformed } from '../domain/errors.js';
import type { IdentityCase } from './ports.js';

/** The one place of this service where NIK and template come into the clear. */
@Injectable()
export class SealedValues {
  private readonly identities: Sealer;
  private readonly templates: Sealer;

  constructor(@Inject(SERVICE_CONFIG) config: IkdGatewayConfig) {
    this.identities = new Sealer('identity', config.IDENTITY_KEY.reveal());
    this.templates = new Sealer('template', config.TEMPLATE_KEY.reveal());
  }

  openNik({ sealedNik, caseId }: IdentityCase): Nik {
    const nik = parseNik(openText(this.identities, sealedNik, caseId));
    if (!nik) throw sealedNikMalformed();
    return nik;
  }

  /** Whoever opens a template zeroes it after use. */
  openTemplate(sealed: Uint8Array, { templateId }: IdentityCase): Uint8Array {
    return this.templates.open(sealed, templateId);
  }
}
