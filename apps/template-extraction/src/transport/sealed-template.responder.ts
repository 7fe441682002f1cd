import { SealedTemplateV1, type PayloadOf, type ReplyOf } from '@absah/contracts';
import { Answer } from '@absah/messaging';
import { Controller, Inject } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import { Templates } from '../application/ports.js';

@Controller()
export class SealedTemplateResponder {
  constructor(@Inject(Templates) private readonly templates: Templates) {}

  @Answer(SealedTemplateV1)
  async sealedTemplate(
    @Payload() { templateId }: PayloadOf<typeof SealedTemplateV1>,
  ): Promise<ReplyOf<typeof SealedTemplateV1>> {
    const template = await this.templates.find(templateId);
    if (!template) return { kind: 'missing' };
    const sealed = Buffer.from(template.sealed).toString('base64');
    return { kind: 'found', sealed, modelChain: template.modelChain };
  }
}
