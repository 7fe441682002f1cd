import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SlotBook } from '../application/ports.js';
import { policyOf, type QuotaLedgerConfig } from '../config.js';
import { policyContradicted } from '../domain/errors.js';

/** Puts the configured caps where the database's own guard reads them, before any message is taken. */
@Injectable()
export class PolicyKeeper implements OnModuleInit {
  constructor(
    @Inject(SlotBook) private readonly book: SlotBook,
    @Inject(SERVICE_CONFIG) private readonly config: QuotaLedgerConfig,
    @Inject(Logger) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    const policy = policyOf(this.config);
    const adoption = await this.book.adopt(policy);
    if (adoption.kind === 'contradicted') throw policyContradicted(policy.revision);
    if (adoption.kind === 'outdated')
      this.logger.warn('configured caps are outdated: a later revision is in force');
    if (adoption.kind === 'adopted') this.logger.info('caps adopted');
  }
}
