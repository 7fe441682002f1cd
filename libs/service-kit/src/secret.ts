import { inspect } from 'node:util';
import { z } from 'zod';

const SHOWN = '[secret]';

/** A value that prints as `[secret]` wherever it lands: in a log, an error, JSON or a debugger's inspect. */
export class Secret<T> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}

const KEY_BYTES = 32;
/** Which schemas stand for secrets, whatever checks are added to them. */
const secrets = z.registry<{ readonly isSecret: true }>();

export function isSecret(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional) return isSecret(schema.unwrap() as z.ZodType);
  return secrets.get(schema)?.isSecret === true;
}

/** A 256-bit key as base64. */
export function secretKey(): z.ZodType<Secret<Uint8Array>, string> {
  return z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((bytes) => bytes.length === KEY_BYTES, `expected ${KEY_BYTES} bytes in base64`)
    .transform((bytes) => new Secret(bytes))
    .register(secrets, { isSecret: true });
}

export function secretText(): z.ZodType<Secret<string>, string> {
  return z
    .string()
    .min(1)
    .transform((text) => new Secret(text))
    .register(secrets, { isSecret: true });
}
