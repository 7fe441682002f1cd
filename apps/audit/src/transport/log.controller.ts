import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { LogStore } from '../application/ports.js';
import { ProveTrail } from '../application/prove-trail.js';
import { RecomputeLog } from '../application/recompute-log.js';
import { caseIdMalformed } from '../domain/errors.js';
import { AuditorGuard } from './auditor.guard.js';
import {
  viewOfHead,
  viewOfRecomputation,
  viewOfTrail,
  type HeadView,
  type RecomputationView,
  type TrailView,
} from './log-view.js';

@Controller('v1/log')
@UseGuards(AuditorGuard)
export class LogController {
  constructor(
    @Inject(LogStore) private readonly store: LogStore,
    @Inject(ProveTrail) private readonly proveTrail: ProveTrail,
    @Inject(RecomputeLog) private readonly recomputeLog: RecomputeLog,
  ) {}

  @Get('head')
  async head(): Promise<HeadView> {
    return viewOfHead(await this.store.head());
  }

  @Get('trail/:caseId')
  async trail(@Param('caseId') text: string): Promise<TrailView> {
    const caseId = z.uuid().safeParse(text);
    if (!caseId.success) throw caseIdMalformed();
    return viewOfTrail(caseId.data, await this.proveTrail.ofCase(caseId.data));
  }

  /** Reads the whole log: minutes for a hundred million entries, and nothing else waits for it. */
  @Get('recomputation')
  async recomputation(): Promise<RecomputationView> {
    return viewOfRecomputation(await this.recomputeLog.run());
  }
}
