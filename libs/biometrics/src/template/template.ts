/** A face template as it is sealed, stored and compared:
 *
 *  | bytes | content |
 *  |---|---|
 *  | 4 | `ABFT` |
 *  | 1 | version, 1 |
 *  | 1 | n, length of the model chain id |
 *  | n | model chain id, ASCII |
 *  | 2 | dimensions d, little endian |
 *  | 4 d | the embedding, 32-bit floats, little endian, of length one |
 */
export interface FaceTemplate {
  readonly modelChain: string;
  readonly embedding: Float32Array;
}

export class MalformedTemplateError extends Error {
  override readonly name = 'MalformedTemplateError';
}

const MAGIC = [0x41, 0x42, 0x46, 0x54];
const VERSION = 1;
const FIXED_BYTES = 8;
const CHAIN_ID = /^[a-z0-9][a-z0-9.-]{0,62}$/;
const LENGTH_TOLERANCE = 1e-3;

export function encodeTemplate({ modelChain, embedding }: FaceTemplate): Uint8Array {
  if (!CHAIN_ID.test(modelChain)) throw new RangeError(`not a model chain id: ${modelChain}`);
  const start = FIXED_BYTES + modelChain.length;
  const bytes = new Uint8Array(start + embedding.length * 4);
  bytes.set([...MAGIC, VERSION, modelChain.length]);
  bytes.set(new TextEncoder().encode(modelChain), 6);
  const view = new DataView(bytes.buffer);
  view.setUint16(start - 2, embedding.length, true);
  embedding.forEach((value, index) => view.setFloat32(start + index * 4, value, true));
  return bytes;
}

export function decodeTemplate(bytes: Uint8Array): FaceTemplate {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FIXED_BYTES || MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new MalformedTemplateError('not a face template');
  }
  if (view.getUint8(4) !== VERSION) {
    throw new MalformedTemplateError(`template version ${view.getUint8(4)} is not known`);
  }
  const start = FIXED_BYTES + view.getUint8(5);
  const modelChain = new TextDecoder().decode(bytes.subarray(6, start - 2));
  if (!CHAIN_ID.test(modelChain)) throw new MalformedTemplateError('the model chain id is malformed');
  return { modelChain, embedding: readEmbedding(view, start) };
}

function readEmbedding(view: DataView, start: number): Float32Array {
  const dimensions = start <= view.byteLength ? view.getUint16(start - 2, true) : 0;
  if (dimensions === 0 || view.byteLength !== start + dimensions * 4) {
    throw new MalformedTemplateError('the template is cut off or too long');
  }
  const embedding = Float32Array.from({ length: dimensions }, (_, index) =>
    view.getFloat32(start + index * 4, true),
  );
  const length = Math.hypot(...embedding);
  // Written so that NaN fails, too.
  if (!(Math.abs(length - 1) < LENGTH_TOLERANCE)) {
    throw new MalformedTemplateError('the embedding is not of length one');
  }
  return embedding;
}
