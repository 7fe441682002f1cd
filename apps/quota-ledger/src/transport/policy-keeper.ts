import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SlotBook } from '../application/ports.js';
import type { QuotaLedgerConfig } from '../config.js';

/** Puts the configured cap where the database's own guard reads it, before any message is taken. */
@Injectable()
export class PolicyKeeper implements OnModuleInit {
  constructor(
    @Inject(SlotBook) private readonly book: SlotBook,
    @Inject(SERVICE_CONFIG) private readonly config: QuotaLedgerConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.book.adopt({ scope: this.config.CAP_SCOPE, cap: this.config.CAP_PER_PERSON });
  }
}
