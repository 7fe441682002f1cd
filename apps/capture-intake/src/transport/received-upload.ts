import type { Clock } from '@absah/domain-kit';
import { CLOCK, SERVICE_CONFIG } from '@absah/service-kit';
import {
  createParamDecorator,
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { from, switchMap, type Observable } from 'rxjs';
import type { CaptureIntakeConfig } from '../config.js';
import { refusal } from '../domain/errors.js';
import { readUpload, type Upload } from './multipart-upload.js';
import { releaseTicket } from './upload-ticket.js';

export interface ReceivedUpload extends Upload {
  /** When it began to arrive. */
  readonly receivedAt: Date;
}

const uploads = new WeakMap<FastifyRequest, ReceivedUpload>();

/** Reads the body before the interceptors behind it, which may want to know what it holds. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  constructor(
    @Inject(SERVICE_CONFIG) private readonly config: CaptureIntakeConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    return from(this.receive(request)).pipe(switchMap(() => next.handle()));
  }

  private async receive(request: FastifyRequest): Promise<void> {
    const receivedAt = this.clock.now();
    const upload = await readUpload(request, {
      imageBytes: this.config.MAX_IMAGE_BYTES,
      requestBytes: this.config.MAX_REQUEST_BYTES,
      burstBytes: this.config.MAX_BURST_BYTES,
    });
    uploads.set(request, { ...upload, receivedAt });
  }
}

/** What arrived with this request. The handler that takes it is the only one that holds its memory. */
export class ArrivedUpload {
  constructor(private readonly request: FastifyRequest) {}

  take(): ReceivedUpload {
    const upload = uploads.get(this.request);
    if (!upload) throw refusal('INTAKE.MEDIA_TYPE_UNSUPPORTED');
    uploads.delete(this.request);
    return upload;
  }

  /** Its bytes are needed no more, although the answer is still to come. */
  release(): void {
    releaseTicket(this.request);
  }
}

export const Arrived = createParamDecorator((_: unknown, context: ExecutionContext): ArrivedUpload => {
  return new ArrivedUpload(context.switchToHttp().getRequest<FastifyRequest>());
});

/** What came in the body, by the names of its parts. Nothing for a request that takes none. */
export function partsOf(request: FastifyRequest): [string, Uint8Array][] {
  const upload = uploads.get(request);
  if (!upload) return request.body === undefined ? [] : [['body', Buffer.from(JSON.stringify(request.body))]];
  return [
    ['image', upload.image],
    ['request', upload.request],
    ...upload.frames.map((frame): [string, Uint8Array] => ['frame', frame]),
  ];
}
