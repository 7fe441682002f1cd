import { MOST_FRAMES, type VerificationView } from '@absah/contracts';
import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import {
  exampleActivated,
  exampleApproved,
  exampleAssistance,
  exampleCancelled,
  exampleDeactivated,
  exampleProcessing,
  exampleRejected,
  exampleRequest,
} from './examples.js';
import { AnswersProblems, KEY_PROBLEMS } from './problem-answers.js';

export const API_KEY_SCHEME = 'operator-key';

const locationHeader = {
  description: 'Where the verification can be read',
  schema: { type: 'string' as const, format: 'uri-reference' },
};

export function DescribesVerifications(): ClassDecorator {
  return applyDecorators(ApiTags('verifications'), ApiSecurity(API_KEY_SCHEME));
}

export function DescribesSubmission(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'submitVerification',
      summary: 'Ask whether a living person is the one behind a NIK',
      description:
        'Nothing of a refused request is kept. Picture and frames are destroyed once the template is made.',
    }),
    ApiConsumes('multipart/form-data'),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description:
        '`wait=3` holds the answer for up to three seconds, so that it can be the decision (RFC 7240)',
      schema: { type: 'string', example: 'wait=3' },
    }),
    submissionBody(),
    answersVerification(
      201,
      'Decided in time.',
      { approved: exampleApproved, rejected: exampleRejected, 'needs-assistance': exampleAssistance },
      {
        Location: locationHeader,
        'Preference-Applied': { description: 'The wait that was honoured', schema: { type: 'string' } },
      },
    ),
    answersVerification(
      202,
      'Accepted; not decided yet.',
      { processing: exampleProcessing },
      {
        Location: locationHeader,
        'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
      },
    ),
    AnswersProblems(
      'INTAKE.OPERATOR_UNAUTHENTICATED',
      ...KEY_PROBLEMS,
      'INTAKE.MEDIA_TYPE_UNSUPPORTED',
      'INTAKE.BODY_TOO_LARGE',
      'INTAKE.OVERLOADED',
      'INTAKE.BUSY',
      'INTAKE.MULTIPART_MALFORMED',
      'INTAKE.PART_UNKNOWN',
      'INTAKE.PART_REPEATED',
      'INTAKE.PART_MISSING',
      'INTAKE.IMAGE_TOO_LARGE',
      'INTAKE.REQUEST_TOO_LARGE',
      'INTAKE.TOO_MANY_FRAMES',
      'INTAKE.BURST_TOO_LARGE',
      'INTAKE.JSON_MALFORMED',
      'INTAKE.REQUEST_INVALID',
      'INTAKE.NIK_MALFORMED',
      'INTAKE.MSISDN_MALFORMED',
      'INTAKE.CONSENT_MISSING',
      'INTAKE.CONSENT_INVALID',
      'INTAKE.IMAGE_EMPTY',
      'INTAKE.IMAGE_TYPE_UNSUPPORTED',
      'INTAKE.IMAGE_HEADER_MALFORMED',
      'INTAKE.IMAGE_CODING_UNSUPPORTED',
      'INTAKE.IMAGE_TOO_SMALL',
      'INTAKE.IMAGE_TOO_MANY_PIXELS',
      'INTAKE.FRAMES_MISSING',
      'INTAKE.FRAME_TIMES_INVALID',
      'INTAKE.FRAME_UNUSABLE',
      'INTAKE.CHALLENGE_UNKNOWN',
      'INTAKE.CHALLENGE_USED',
      'INTAKE.CHALLENGE_EXPIRED',
      'INTAKE.ATTEMPT_TOO_SOON',
      'INTAKE.ATTEMPTS_UNDECIDED',
      'INTAKE.ASSISTANCE_NEEDED',
      'INTAKE.SESSION_ENDED',
      'CAPTURES.FULL',
      'CAPTURES.UNREACHABLE',
      'SERVICE.INTERNAL',
    ),
  );
}

export function DescribesReading(): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId: 'readVerification', summary: 'Read a verification of your own' }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    answersVerification(200, 'As it stands now.', {
      processing: exampleProcessing,
      approved: exampleApproved,
      rejected: exampleRejected,
    }),
    AnswersProblems('INTAKE.OPERATOR_UNAUTHENTICATED', 'INTAKE.VERIFICATION_UNKNOWN', 'SERVICE.INTERNAL'),
  );
}

export function DescribesActivation(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'activateVerification',
      summary: 'Say that the SIM of an approved verification is active',
      description: 'Takes no body. Asked again, it answers the same and changes nothing.',
    }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    answersVerification(200, 'Activated, now or before.', { activated: exampleActivated }),
    AnswersProblems(
      'INTAKE.OPERATOR_UNAUTHENTICATED',
      ...KEY_PROBLEMS,
      'INTAKE.VERIFICATION_UNKNOWN',
      'INTAKE.NOT_APPROVED',
      'INTAKE.RESERVATION_EXPIRED',
      'SERVICE.INTERNAL',
    ),
  );
}

export function DescribesDeactivation(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'deactivateVerification',
      summary: 'Say that the SIM of an activated verification is deregistered',
      description:
        'Frees its place among the SIMs of the person. Takes no body; asked again, it answers the same.',
    }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    answersVerification(200, 'Deactivated, now or before.', { deactivated: exampleDeactivated }),
    AnswersProblems(
      'INTAKE.OPERATOR_UNAUTHENTICATED',
      ...KEY_PROBLEMS,
      'INTAKE.VERIFICATION_UNKNOWN',
      'INTAKE.NOT_ACTIVATED',
      'SERVICE.INTERNAL',
    ),
  );
}

export function DescribesCancellation(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'cancelVerification',
      summary: 'Give up a verification that is not over',
      description:
        'For a person who left. Frees the place that an approval holds. Takes no body; asked again, it answers the same.',
    }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    answersVerification(200, 'Cancelled, now or before.', { cancelled: exampleCancelled }),
    AnswersProblems(
      'INTAKE.OPERATOR_UNAUTHENTICATED',
      ...KEY_PROBLEMS,
      'INTAKE.VERIFICATION_UNKNOWN',
      'INTAKE.NOT_CANCELLABLE',
      'SERVICE.INTERNAL',
    ),
  );
}

function submissionBody(): MethodDecorator {
  return ApiBody({
    required: true,
    description:
      'Exactly one part `image` and one part `request`; for a burst up to 24 parts `frame`, in the order in which they were taken',
    schema: {
      type: 'object',
      required: ['image', 'request'],
      additionalProperties: false,
      properties: {
        image: {
          type: 'string',
          format: 'binary',
          description: 'JPEG, PNG or WebP, 6 MiB and 25 megapixels at most',
        },
        request: { $ref: '#/components/schemas/VerificationRequest' },
        frame: {
          type: 'array',
          maxItems: MOST_FRAMES,
          items: { type: 'string', format: 'binary' },
          description: 'JPEG or WebP, 1920 pixels at most on the longer side, 4 MiB together',
        },
      },
      example: { request: exampleRequest },
    },
  });
}

type Headers = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { headers?: unknown }>['headers']>;

function answersVerification(
  status: number,
  description: string,
  examples: Readonly<Record<string, VerificationView>>,
  headers: Headers = {},
): MethodDecorator {
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  const schema = { $ref: '#/components/schemas/Verification' };
  return ApiResponse({
    status,
    description,
    headers,
    content: { 'application/json': { schema, examples: named } },
  });
}
