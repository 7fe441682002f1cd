import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../src/domain/errors.js';
import { IntakeBed } from './intake-bed.js';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly security: readonly unknown[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Record<string, unknown> }> };
  readonly responses: Record<string, { readonly content: Record<string, { readonly schema: unknown }> }>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, Record<string, unknown>>;
    readonly securitySchemes: unknown;
  };
}

describe('the description of the API', () => {
  let bed: IntakeBed;
  let url: string;
  let document: Document;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    ({ url } = await bed.service.startReplica());
    document = (await (await fetch(`${url}/openapi.json`)).json()) as Document;
  });
  afterAll(() => bed?.service.close());

  const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

  it('describes its operations and nothing else', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).map(
      ([path, methods]) => `${Object.keys(methods).join()} ${path}`,
    );
    expect(described.sort()).toEqual([
      'get /v1/verifications/{id}',
      'post /v1/liveness-challenges',
      'post /v1/verifications',
      'post /v1/verifications/{id}/activation',
      'post /v1/verifications/{id}/cancellation',
      'post /v1/verifications/{id}/deactivation',
    ]);
  });

  it('asks every operation for the operator key', () => {
    expect(operations().map(({ security }) => security)).toEqual(Array(6).fill([{ 'operator-key': [] }]));
    expect(document.components.securitySchemes).toMatchObject({
      'operator-key': { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
    });
  });

  it('takes an Idempotency-Key with every POST (U1)', () => {
    const posts = Object.values(document.paths).flatMap(({ post }) => post ?? []);
    const without = posts.filter(
      ({ parameters }) => !parameters?.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(without).toEqual([]);
    expect(posts.length).toBeGreaterThan(2);
  });

  it('describes every part of the body', () => {
    const { content } = document.paths['/v1/verifications']!['post']!.requestBody!;
    expect(Object.keys(content)).toEqual(['multipart/form-data']);
    expect(content['multipart/form-data']!.schema).toMatchObject({
      required: ['image', 'request'],
      properties: {
        image: { format: 'binary' },
        request: { $ref: '#/components/schemas/VerificationRequest' },
        frame: { type: 'array', maxItems: 24 },
      },
    });
  });

  it('refers only to schemas that it has', () => {
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g);
    const named = new Set(Array.from(references, ([, name]) => name));
    expect([...named].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('lists every refusal that a client can meet', () => {
    const text = JSON.stringify(document.paths);
    const unlisted = Object.keys(REFUSALS).filter((code) => !text.includes(`"${code}"`));
    expect(unlisted).toEqual(['INTAKE.CASE_UNKNOWN']);
  });

  it('shows no NIK of a province that exists', () => {
    const niks = JSON.stringify(document).match(/\b\d{16}\b/g) ?? [];
    expect(niks.length).toBeGreaterThan(0);
    expect(niks.filter((nik) => !nik.startsWith('99'))).toEqual([]);
  });

  it('has a page that works under its own content security policy', async () => {
    const page = await fetch(`${url}/openapi`);
    const policy = page.headers.get('content-security-policy')!;
    expect(page.status).toBe(200);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    const scripts = [...(await page.text()).matchAll(/<script([^>]*)>([^<]*)/g)];
    expect(scripts.filter(([, attributes]) => !attributes!.includes('src='))).toEqual([]);
    for (const [, attributes] of scripts) {
      const source = /src="([^"]+)"/.exec(attributes!)![1]!;
      expect((await fetch(new URL(source, `${url}/openapi`))).status).toBe(200);
    }
  });
});
