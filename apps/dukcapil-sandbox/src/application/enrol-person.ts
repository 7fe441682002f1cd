import { decodeTemplate, MalformedTemplateError } from '@absah/biometrics';
import { parseNik, type Nik } from '@absah/domain-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { Condition } from '../domain/condition.js';
import { nikMalformed, personMissing, templateMalformed } from '../domain/errors.js';
import { PEOPLE, type People } from './ports.js';

export interface Enrolment {
  readonly nik: string;
  readonly name: string;
  readonly template: Uint8Array;
  readonly condition: Condition;
}

/** Puts people into the stand-in registry and scripts what happens to questions about them. */
@Injectable()
export class EnrolPerson {
  constructor(@Inject(PEOPLE) private readonly people: People) {}

  async enrol({ nik, name, template, condition }: Enrolment): Promise<void> {
    const parsed = requireNik(nik);
    requireTemplate(template);
    await this.people.put({ nik: parsed, name, template, condition });
    template.fill(0);
  }

  async script(nik: string, condition: Condition): Promise<void> {
    if (!(await this.people.setCondition(requireNik(nik), condition))) throw personMissing();
  }
}

function requireNik(text: string): Nik {
  const nik = parseNik(text);
  if (!nik) throw nikMalformed();
  return nik;
}

function requireTemplate(template: Uint8Array): void {
  try {
    decodeTemplate(template);
  } catch (error) {
    throw error instanceof MalformedTemplateError ? templateMalformed() : error;
  }
}
