import { zodBody } from '@absah/service-kit';
import { Body, Controller, Get, HttpCode, Inject, Put, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { EnrolPerson } from '../application/enrol-person.js';
import { PEOPLE, type People } from '../application/ports.js';
import { maskName, maskNumber } from '../domain/mask.js';
import { AdminGuard } from './admin.guard.js';
import { enrolment, scripting } from './admin-bodies.js';

const LISTED = 100;

/** Enrolment and scripting. A NIK is in the body, never in an address, where logs would keep it. */
@Controller('sandbox/v1/people')
@UseGuards(AdminGuard)
export class PeopleController {
  constructor(
    @Inject(EnrolPerson) private readonly enrolPerson: EnrolPerson,
    @Inject(PEOPLE) private readonly people: People,
  ) {}

  @Put()
  @HttpCode(204)
  async enrol(@Body(zodBody(enrolment)) body: z.infer<typeof enrolment>): Promise<void> {
    await this.enrolPerson.enrol({ ...body, template: Buffer.from(body.template, 'base64') });
  }

  @Put('condition')
  @HttpCode(204)
  async script(@Body(zodBody(scripting)) { nik, condition }: z.infer<typeof scripting>): Promise<void> {
    await this.enrolPerson.script(nik, condition);
  }

  @Get()
  async list(): Promise<unknown> {
    const people = await this.people.list(LISTED);
    return {
      people: people.map(({ nik, name, condition }) => ({
        nik: maskNumber(nik),
        name: maskName(name),
        condition,
      })),
    };
  }
}
