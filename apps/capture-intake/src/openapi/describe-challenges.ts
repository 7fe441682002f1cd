import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { API_KEY_SCHEME } from './describe-verifications.js';
import { exampleChallenge } from './examples.js';
import { AnswersProblems, KEY_PROBLEMS } from './problem-answers.js';

export function DescribesChallenges(): ClassDecorator {
  return applyDecorators(ApiTags('liveness challenges'), ApiSecurity(API_KEY_SCHEME));
}

export function DescribesIssue(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'issueLivenessChallenge',
      summary: 'Ask what the person shall do before the camera',
      description:
        'Takes no body. Record the person while they do it, and send the frames with the verification. Left and right are the person’s own; do not mirror the frames.',
    }),
    ApiResponse({
      status: 201,
      description: 'Issued to the calling operator, to be answered once and in time.',
      content: {
        'application/json': {
          schema: { $ref: '#/components/schemas/LivenessChallenge' },
          examples: { issued: { value: exampleChallenge } },
        },
      },
    }),
    AnswersProblems(
      'INTAKE.OPERATOR_UNAUTHENTICATED',
      ...KEY_PROBLEMS,
      'INTAKE.TOO_MANY_CHALLENGES',
      'SERVICE.INTERNAL',
    ),
  );
}
