import { zodBody } from '@absah/service-kit';
import { parseNik } from '@absah/domain-kit';
import { Body, Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { FEEDBACK, type Feedback, type ReceivedFeedback } from '../application/ports.js';
import { nikMalformed } from '../domain/errors.js';
import { maskNumber } from '../domain/mask.js';
import { AdminGuard } from './admin.guard.js';
import { search } from './admin-bodies.js';

const LISTED = 100;

/** What institutions sent, masked (B3). */
@Controller('sandbox/v1/balikan')
@UseGuards(AdminGuard)
export class ReceivedFeedbackController {
  constructor(@Inject(FEEDBACK) private readonly feedback: Feedback) {}

  @Get()
  async latest(): Promise<unknown> {
    const [total, rows] = await Promise.all([this.feedback.count(), this.feedback.latest(LISTED)]);
    return { total, rows: rows.map(toView) };
  }

  /** POST, because a NIK in an address would be kept by logs. */
  @Post('search')
  @HttpCode(200)
  async search(@Body(zodBody(search)) body: z.infer<typeof search>): Promise<unknown> {
    const nik = parseNik(body.nik);
    if (!nik) throw nikMalformed();
    const rows = await this.feedback.of(nik);
    return { total: rows.length, rows: rows.map(toView) };
  }
}

function toView({ nik, phone, institution, receivedAt }: ReceivedFeedback) {
  return {
    nik: maskNumber(nik),
    phone: maskNumber(phone),
    institution,
    receivedAt: receivedAt.toISOString(),
  };
}
