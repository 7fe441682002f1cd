import { zodBody } from '@absah/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { RegistryFault } from '../application/registry-fault.js';
import { AdminGuard } from './admin.guard.js';
import { faultPeriod } from './admin-bodies.js';

/** Trouble of the whole registry, for outage trials. */
@Controller('sandbox/v1/faults')
@UseGuards(AdminGuard)
export class FaultsController {
  constructor(@Inject(RegistryFault) private readonly registryFault: RegistryFault) {}

  @Post()
  @HttpCode(204)
  begin(@Body(zodBody(faultPeriod)) { forMs, ...fault }: z.infer<typeof faultPeriod>): void {
    this.registryFault.begin(fault, forMs);
  }

  @Delete()
  @HttpCode(204)
  end(): void {
    this.registryFault.end();
  }

  @Get()
  current(): unknown {
    const { current } = this.registryFault;
    return { fault: current ? { ...current.fault, endsAt: current.endsAt.toISOString() } : null };
  }
}
