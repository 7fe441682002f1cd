import { createHash, timingSafeEqual } from 'node:crypto';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { AuditConfig } from '../config.js';
import { keyRefused } from '../domain/errors.js';

interface Request {
  readonly headers: { readonly authorization?: string };
}

interface Reply {
  header(name: string, value: string): unknown;
}

@Injectable()
export class AuditorGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(@Inject(SERVICE_CONFIG) config: AuditConfig) {
    this.expected = digest(`Bearer ${config.AUDITOR_KEY.reveal()}`);
  }

  canActivate(context: ExecutionContext): true {
    const http = context.switchToHttp();
    const given = http.getRequest<Request>().headers.authorization ?? '';
    // Digests have one length, so neither content nor length of the key shows in the time it takes.
    if (timingSafeEqual(digest(given), this.expected)) return true;
    http.getResponse<Reply>().header('www-authenticate', 'Bearer');
    throw keyRefused();
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
