import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { encodeTemplate } from '@absah/biometrics';
import sharp from 'sharp';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface VendorEngine {
  readonly url: string;
  /** Every later request gets this answer, or none at all. */
  answerAlways(answer: Answer | 'never'): void;
  close(): Promise<void>;
}

export const VENDOR_CHAIN = 'vendor-greys.7';
const CROP_SIDE = 32;
const TEMPLATE_SIDE = 16;
const FLAT = 12;

/** Another maker's engine as far as its port is concerned: it shares no code, no crop and no template with ours.
 *  Anything with contrast is a face to it, and the greys of a face are its template. */
export async function startVendorEngine(): Promise<VendorEngine> {
  let always: Answer | 'never' | undefined;
  const server = createServer((request, response) => {
    Promise.resolve(always ?? answerTo(request)).then((answer) => {
      if (answer === 'never') return;
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }, response.destroy.bind(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/engine`,
    answerAlways: (answer) => void (always = answer),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerTo(request: IncomingMessage): Promise<Answer> {
  const bytes = await buffer(request);
  switch (`${request.method} ${request.url}`) {
    case 'GET /engine/v1/ready':
      return { status: 200, body: {} };
    case 'POST /engine/v1/analyse':
      return { status: 200, body: { modelChain: VENDOR_CHAIN, timingsMs: {}, ...(await analyse(bytes)) } };
    case 'POST /engine/v1/embed':
      return { status: 200, body: { modelChain: VENDOR_CHAIN, template: await embed(bytes) } };
    default:
      return { status: 404, body: {} };
  }
}

async function analyse(image: Buffer): Promise<Readonly<Record<string, unknown>>> {
  const crop = sharp(image).greyscale().resize(CROP_SIDE, CROP_SIDE, { fit: 'fill' });
  const stats = await crop.stats().catch(() => undefined);
  if (!stats) return { kind: 'unreadable', code: 'VENDOR-12' };
  const contrast = stats.channels[0]?.stdev ?? 0;
  if (contrast < FLAT) return { kind: 'retake', reasons: ['no-face'] };
  const alignedCrop = (await crop.raw().toBuffer()).toString('base64');
  return { kind: 'face', alignedCrop, quality: { contrast }, livenessScore: 0.97 };
}

async function embed(crop: Buffer): Promise<string> {
  const raw = { width: CROP_SIDE, height: CROP_SIDE, channels: 1 } as const;
  const greys = await sharp(crop, { raw }).resize(TEMPLATE_SIDE, TEMPLATE_SIDE).raw().toBuffer();
  const length = Math.hypot(...greys);
  const embedding = Float32Array.from(greys, (grey) => grey / length);
  return Buffer.from(encodeTemplate({ modelChain: VENDOR_CHAIN, embedding })).toString('base64');
}
