import { createHash, timingSafeEqual } from 'node:crypto';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { DukcapilSandboxConfig } from '../config.js';

/** Who may do what here; every comparison takes the same time, whatever is wrong. */
@Injectable()
export class Credentials {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: DukcapilSandboxConfig) {}

  /** `absent` and `wrong` have answer codes of their own (09 and 03). */
  ofGateway(authorization: string | undefined): 'right' | 'wrong' | 'absent' {
    if (!authorization) return 'absent';
    const expected = `${this.config.IKD_USER}:${this.config.IKD_PASSWORD.reveal()}`;
    return same(authorization, `Basic ${Buffer.from(expected).toString('base64')}`) ? 'right' : 'wrong';
  }

  isInstitution(authorization: string | undefined): boolean {
    return same(authorization, `Bearer ${this.config.BALIKAN_TOKEN.reveal()}`);
  }

  isAdmin(authorization: string | undefined): boolean {
    return same(authorization, `Bearer ${this.config.ADMIN_TOKEN.reveal()}`);
  }
}

function same(received: string | undefined, expected: string): boolean {
  return timingSafeEqual(digest(received ?? ''), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
