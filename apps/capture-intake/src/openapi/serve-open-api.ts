import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildOpenApi } from './build-open-api.js';

/** The page at /openapi and its document at /openapi.json, built when first asked for. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('openapi', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Absah verification API',
  });
}
