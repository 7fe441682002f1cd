import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { adminUnauthenticated } from '../domain/errors.js';
import { Credentials } from './credentials.js';

interface RequestWithHeaders {
  readonly headers: { readonly authorization?: string };
}

@Injectable()
export class AdminGuard implements CanActivate {
  constructor(@Inject(Credentials) private readonly credentials: Credentials) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<RequestWithHeaders>();
    if (this.credentials.isAdmin(headers.authorization)) return true;
    throw adminUnauthenticated();
  }
}
