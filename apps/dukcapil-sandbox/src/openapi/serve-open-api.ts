import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { sandboxDocument } from './sandbox-document.js';

/** The page at /openapi and its document at /openapi.json. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('openapi', app, sandboxDocument, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Absah stand-in registry',
  });
}
