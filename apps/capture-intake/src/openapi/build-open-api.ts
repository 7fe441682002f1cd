import { livenessChallengeView, problem, verificationRequest, verificationView } from '@absah/contracts';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { CaptureIntakeModule } from '../capture-intake.module.js';
import { API_KEY_SCHEME } from './describe-verifications.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** The description of the public API, from the same schemas that requests are checked with. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const described = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Absah verification API')
    .setDescription('Registers a SIM to a living person whose face matches the civil registry.')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addApiKey(
      { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'Names the operator' },
      API_KEY_SCHEME,
    )
    .build();
  const document = SwaggerModule.createDocument(app, described, {
    include: [CaptureIntakeModule],
    autoTagControllers: false,
  });
  return { ...document, components: { ...document.components, schemas: componentSchemas() } };
}

function componentSchemas(): Schemas {
  const named = [verificationView, verificationRequest, livenessChallengeView, problem].map((schema) =>
    z.toJSONSchema(schema, { override: tidy }),
  );
  return Object.assign({}, ...named.map((schema) => schema.$defs)) as Schemas;
}

/** A format says the same as its pattern, in one word. */
function tidy({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format) delete jsonSchema.pattern;
}
