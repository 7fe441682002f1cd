import { parseNik, type Nik } from '@absah/domain-kit';
import { PersonKeys } from '@absah/person-keys';
import { keyIdOf, keyIdOfText, openText } from '@absah/sealing';
import { Inject, Injectable } from '@nestjs/common';
import { sealedNikMalformed } from '../domain/errors.js';
import type { IdentityCase } from './ports.js';

/** The one place of this service where NIK and template come into the clear. */
@Injectable()
export class SealedValues {
  constructor(@Inject(PersonKeys) private readonly keys: Pick<PersonKeys<'identity' | 'template'>, 'of'>) {}

  async openNik({ sealedNik, caseId }: IdentityCase): Promise<Nik> {
    const { identity } = await this.keys.of(keyIdOfText(sealedNik));
    const nik = parseNik(openText(identity, sealedNik, caseId));
    if (!nik) throw sealedNikMalformed();
    return nik;
  }

  /** Whoever opens a template zeroes it after use. */
  async openTemplate(sealed: Uint8Array, { templateId }: IdentityCase): Promise<Uint8Array> {
    const { template } = await this.keys.of(keyIdOf(sealed));
    return template.open(sealed, templateId);
  }
}
