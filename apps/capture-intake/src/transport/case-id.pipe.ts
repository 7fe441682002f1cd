import { verificationView } from '@absah/contracts';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { refusal } from '../domain/errors.js';

/** What is no case id at all is answered like one that nobody has. */
@Injectable()
export class CaseIdPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    const parsed = verificationView.shape.id.safeParse(text);
    if (!parsed.success) throw refusal('INTAKE.VERIFICATION_UNKNOWN');
    return parsed.data;
  }
}
