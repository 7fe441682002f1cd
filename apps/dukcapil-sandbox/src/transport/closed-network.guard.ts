import { TLSSocket } from 'node:tls';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { DukcapilSandboxConfig } from '../config.js';
import { callerNotCertified } from '../domain/errors.js';

/** The registry's network lets in who shows a certificate of its authority (G3); pages for people stay open. */
@Injectable()
export class ClosedNetworkGuard implements CanActivate {
  constructor(@Inject(SERVICE_CONFIG) private readonly config: DukcapilSandboxConfig) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.config.CLIENT_CA_FILE === undefined) return true;
    const { socket } = context.switchToHttp().getRequest<FastifyRequest>().raw;
    if (socket instanceof TLSSocket && socket.authorized) return true;
    throw callerNotCertified();
  }
}
