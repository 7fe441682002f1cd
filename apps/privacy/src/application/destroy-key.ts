import { PersonKeyDestroyedV1, type DestroyPersonKeyV1, type PayloadOf } from '@absah/contracts';
import { UnitOfWork } from '@absah/messaging';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable } from '@nestjs/common';
import { OpenedSecrets } from './opened-secrets.js';
import { PersonKeyStore, type DestroyedKey } from './ports.js';

/** Forgets a person for good (A6): every copy of her sealed values, in backups and in the audit log, becomes noise. */
@Injectable()
export class DestroyKey {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(PersonKeyStore) private readonly store: PersonKeyStore,
    @Inject(OpenedSecrets) private readonly opened: OpenedSecrets,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  /** Undefined when she has none (any more). Other replicas and the askers forget within the minutes of their caches. */
  async destroy(order: PayloadOf<typeof DestroyPersonKeyV1>): Promise<DestroyedKey | undefined> {
    const { subjectRef, caseId, requestedBy } = order;
    const destroyed = await this.unitOfWork.run(async (tx) => {
      const key = await this.store.destroy(tx, subjectRef);
      if (key) {
        const destroyedAt = key.destroyedAt.toISOString();
        const occasion = caseId === undefined ? {} : { caseId };
        tx.emit(PersonKeyDestroyedV1, {
          keyId: key.keyId,
          subjectRef,
          ...occasion,
          requestedBy,
          destroyedAt,
        });
      }
      return key;
    });
    if (!destroyed) return undefined;
    this.opened.forget(subjectRef);
    this.logger.info('key of a person destroyed', { subjectRef });
    return destroyed;
  }
}
