import type { Nik } from '@absah/domain-kit';
import { institutionCode, PHONE_PARAMETER, storeRequest, type StoreOutcome } from '@absah/registry-protocol';
import { Inject, Injectable } from '@nestjs/common';
import { readFeedbackRow, type FeedbackRow } from '../domain/feedback-row.js';
import { FEEDBACK, PEOPLE, type Feedback, type People } from './ports.js';

/** The registry's side of data balikan: a call is stored whole or refused whole (B1). */
@Injectable()
export class ReceiveFeedback {
  constructor(
    @Inject(FEEDBACK) private readonly feedback: Feedback,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  async execute(body: unknown): Promise<StoreOutcome> {
    const call = storeRequest.safeParse(body).data?.[0];
    if (!call) return 'malformed';
    if (!institutionCode.safeParse(call.id_lembaga).success) return 'institution-unknown';
    const rows = call.data.map((row) => readFeedbackRow(row.NIK, row.param, PHONE_PARAMETER));
    if (!rows.every((row): row is FeedbackRow => row !== undefined)) return 'malformed';
    if (!(await this.allKnown(rows))) return 'nik-unknown';
    return (await this.feedback.add(call.id_lembaga, rows)) ? 'stored' : 'already-sent';
  }

  private async allKnown(rows: readonly FeedbackRow[]): Promise<boolean> {
    const niks = new Set<Nik>(rows.map((row) => row.nik));
    return (await this.people.countKnown([...niks])) === niks.size;
  }
}
