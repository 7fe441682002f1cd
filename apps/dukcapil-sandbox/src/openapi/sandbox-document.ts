import {
  ANSWER_CODES,
  FACE_VERIFICATION_PATH,
  faceComparison,
  faceVerificationRequest,
  institutionParameters,
  PARAMETERS_PATH,
  registryRefusal,
  STORE_ANSWERS,
  STORE_PATH,
  storeAnswer,
  storeRequest,
} from '@absah/registry-protocol';
import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { enrolment, faultPeriod, scripting, search } from '../transport/admin-bodies.js';

type Operation = OpenAPIObject['paths'][string]['get'] & object;
type Responses = Operation['responses'];

const NAMED = [
  faceVerificationRequest,
  faceComparison,
  registryRefusal,
  storeRequest,
  storeAnswer,
  institutionParameters,
  enrolment,
  scripting,
  search,
  faultPeriod,
];

/** Every interface that the stand-in serves, from the schemas it checks with; IKD's is defined by Absah. */
export function sandboxDocument(): OpenAPIObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Absah stand-in registry',
      version: '1',
      description: 'Plays Dukcapil for trials. The IKD interface is defined by Absah: no public one exists.',
    },
    paths: { ...registryPaths(), ...adminPaths() },
    components: {
      securitySchemes: {
        gateway: { type: 'http', scheme: 'basic' },
        institution: { type: 'http', scheme: 'bearer' },
        admin: { type: 'http', scheme: 'bearer' },
      },
      schemas: Object.assign({}, ...NAMED.map(namedSchema)) as Record<string, object>,
    },
  };
}

function registryPaths(): OpenAPIObject['paths'] {
  return {
    [FACE_VERIFICATION_PATH]: {
      post: {
        ...operation(
          'IKD',
          'Compares a template with the reference of a NIK',
          'gateway',
          faceVerificationRequest,
        ),
        responses: { '200': answer('Compared', faceComparison), ...refusals() },
      },
    },
    [STORE_PATH]: {
      post: {
        ...operation(
          'Data balikan',
          'Stores who holds which number, all rows or none',
          'institution',
          storeRequest,
        ),
        responses: {
          '200': answer(STORE_ANSWERS.stored.message, storeAnswer),
          '400': answer(storeRefusals(), storeAnswer),
          '401': answer('The token is missing or wrong', storeAnswer),
        },
      },
    },
    [PARAMETERS_PATH]: {
      get: {
        ...operation('Data balikan', 'Names the parameters set for an institution', 'institution'),
        parameters: [{ name: 'id_lembaga', in: 'query', required: true, schema: { type: 'string' } }],
        responses: { '200': answer('Parameter names', institutionParameters) },
      },
    },
  };
}

function adminPaths(): OpenAPIObject['paths'] {
  const done = { '204': { description: 'Done' } };
  const listed = { '200': { description: 'Masked rows' } };
  return {
    '/sandbox/v1/people': {
      put: {
        ...operation('Sandbox', 'Enrols a person or replaces one', 'admin', enrolment),
        responses: done,
      },
      get: { ...operation('Sandbox', 'Lists people, masked', 'admin'), responses: listed },
    },
    '/sandbox/v1/people/condition': {
      put: { ...operation('Sandbox', 'Scripts the outcome for a NIK', 'admin', scripting), responses: done },
    },
    '/sandbox/v1/balikan': {
      get: { ...operation('Sandbox', 'Lists received data balikan, masked', 'admin'), responses: listed },
    },
    '/sandbox/v1/balikan/search': {
      post: {
        ...operation('Sandbox', 'Finds data balikan of a NIK, masked', 'admin', search),
        responses: listed,
      },
    },
    '/sandbox/v1/faults': {
      post: {
        ...operation('Sandbox', 'Brings trouble over the whole registry', 'admin', faultPeriod),
        responses: done,
      },
      get: {
        ...operation('Sandbox', 'Says which trouble there is', 'admin'),
        responses: { '200': { description: 'The fault and its end, or null' } },
      },
      delete: { ...operation('Sandbox', 'Ends the trouble', 'admin'), responses: done },
    },
  };
}

function operation(
  tag: string,
  summary: string,
  scheme: string,
  body?: z.ZodType,
): Omit<Operation, 'responses'> {
  return {
    tags: [tag],
    summary,
    security: [{ [scheme]: [] }],
    ...(body && { requestBody: { required: true, content: content(body) } }),
  };
}

function answer(description: string, schema: z.ZodType) {
  return { description, content: content(schema) };
}

/** One response per status, listing the codes that share it. */
function refusals(): Responses {
  const byStatus = Map.groupBy(Object.entries(ANSWER_CODES), ([, code]) => code.httpStatus);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => {
      const lines = codes.map(([code, { meaning, nextStep }]) => `- \`${code}\` ${meaning} ${nextStep}`);
      return [String(status), answer(lines.join('\n'), registryRefusal)];
    }),
  );
}

function storeRefusals(): string {
  const refused = Object.values(STORE_ANSWERS).filter(({ httpStatus }) => httpStatus === 400);
  return refused.map(({ message, nextStep }) => `- "${message}": ${nextStep}`).join('\n');
}

function content(schema: z.ZodType) {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${idOf(schema)}` } } };
}

function namedSchema(schema: z.ZodType): Record<string, object> {
  const { $schema: _, id: __, ...described } = z.toJSONSchema(schema, { io: 'input' });
  return { [idOf(schema)]: described };
}

function idOf(schema: z.ZodType): string {
  const id = schema.meta()?.id;
  if (!id) throw new Error('a schema without a name cannot be referred to');
  return id;
}
