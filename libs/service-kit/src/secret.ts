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

/** A 256-bit key as base64. */
export function secretKey(): z.ZodType<Secret<Uint8Array>, string> {
  return z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((bytes) => bytes.length === KEY_BYTES, `expected ${KEY_BYTES} bytes in base64`)
    .transform((bytes) => new Secret(bytes));
}

export function secretText(): z.ZodType<Secret<string>, string> {
  return z
    .string()
    .min(1)
    .transform((text) => new Secret(text));
}
