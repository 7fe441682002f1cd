import { clientTls } from '@absah/transport-security';
import { Pool } from 'undici';
import type { z } from 'zod';
import type { FaceEngine } from '../engine/face-engine.js';
import { BusyError, EngineStartError, EngineTaskError } from '../engine/engine-errors.js';
import { inLanes } from '../engine/in-lanes.js';
import { analysisReply, embeddingReply } from './engine-replies.js';
import { frameReply } from './frame-reply.js';

export interface RemoteEngineOptions {
  /** Base address; TLS where it leaves the machine, since whole pictures travel there. */
  readonly url: string;
  /** Of whoever issued the engine's certificate; the authorities that Node knows when left out. */
  readonly caFile?: string | undefined;
  /** How many pictures it is given at the same time; further ones are refused with `BusyError`. */
  readonly maxInFlight: number;
  /** How many of them may be frames of one burst. */
  readonly workers: number;
  readonly timeoutMs: number;
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const MAX_REPLY_BYTES = 1024 * 1024;

/** An engine of another maker behind the same port (U6): the bytes of a picture or crop go out, the reply comes
 *  back as JSON; docs/how-to/replace-the-engine.md describes both.
 *  @throws EngineStartError when the engine does not say that it is ready */
export async function connectFaceEngine(options: RemoteEngineOptions): Promise<FaceEngine> {
  const engine = new RemoteFaceEngine(options);
  try {
    await engine.assertReady();
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

class RemoteFaceEngine implements FaceEngine {
  readonly #pool: Pool;
  readonly #base: URL;
  readonly #options: RemoteEngineOptions;
  #inFlight = 0;

  constructor(options: RemoteEngineOptions) {
    this.#options = options;
    this.#base = new URL(options.url);
    this.#pool = new Pool(this.#base.origin, {
      connections: options.maxInFlight,
      connectTimeout: options.timeoutMs,
      connect: clientTls(options),
      maxResponseSize: MAX_REPLY_BYTES,
    });
  }

  async assertReady(): Promise<void> {
    const answer = await this.#request('GET', '/v1/ready').catch(() => undefined);
    if (answer?.status !== 200)
      throw new EngineStartError('the face engine does not answer that it is ready');
  }

  analyse(image: Uint8Array): ReturnType<FaceEngine['analyse']> {
    return this.#ask('/v1/analyse', image, analysisReply);
  }

  observeBurst(frames: readonly Uint8Array[]): ReturnType<FaceEngine['observeBurst']> {
    return inLanes(this.#options.workers, frames, (frame) =>
      this.#ask('/v1/observe-frame', frame, frameReply),
    );
  }

  embed(alignedCrop: Uint8Array): ReturnType<FaceEngine['embed']> {
    return this.#ask('/v1/embed', alignedCrop, embeddingReply);
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #ask<Reply>(path: string, bytes: Uint8Array, schema: z.ZodType<Reply>): Promise<Reply> {
    if (this.#inFlight >= this.#options.maxInFlight) throw new BusyError();
    this.#inFlight += 1;
    try {
      const { status, text } = await this.#request('POST', path, bytes);
      if (status === TOO_MANY_REQUESTS || status === UNAVAILABLE) throw new BusyError();
      if (status !== 200) throw new EngineTaskError(`the face engine answered with status ${status}`);
      return schema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof BusyError || error instanceof EngineTaskError) throw error;
      // Neither the request nor the reply is quoted: both are about a face.
      throw new EngineTaskError(`the face engine gave no usable answer to ${path}`);
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #request(
    method: 'GET' | 'POST',
    path: string,
    body?: Uint8Array,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const answer = await this.#pool.request({
      method,
      path: this.#base.pathname.replace(/\/$/, '') + path,
      headers: { 'content-type': 'application/octet-stream' },
      ...(body && { body }),
      // One limit over connecting, waiting and reading.
      signal: AbortSignal.timeout(this.#options.timeoutMs),
    });
    return { status: answer.statusCode, text: await answer.body.text() };
  }
}
