import { ApiHeader } from '@nestjs/swagger';

export function DescribesIdempotency(): MethodDecorator & ClassDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'A new random value for each thing that shall happen once, such as a UUID. Sent again with the same content within a day, the request has no second effect and gets the same reply. A refused request leaves the key free.',
    schema: { type: 'string', maxLength: 257, example: '"0197c3a5-7c00-7d4e-8f00-3b6f0a1c9e52"' },
  });
}
