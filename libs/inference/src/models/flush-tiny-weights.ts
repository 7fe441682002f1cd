/** Sets weights of a model that are too small to matter to zero, in place.
 *
 *  Such weights, and their products with activations, are denormal floats, over which a processor takes a
 *  hundred times longer: the embedding model needs 55 ms with them and 7 ms without.
 *  onnxruntime could have them ignored (`session.set_denormal_as_zero`), but only on the thread that opens
 *  the first session of a process, and every worker is a thread of its own.
 *
 *  @param model an ONNX file, which is a protocol buffer: graph (7) → initializer (5) → raw data (9) */
export function flushTinyWeights(model: Uint8Array): void {
  for (const graph of nested(model, 7)) {
    for (const initializer of nested(graph, 5)) {
      if (!isFloat(initializer)) continue;
      for (const weights of nested(initializer, 9)) flush(weights);
    }
  }
}

// Biased exponent of 2^-50, about 1e-15. Beside weights of ordinary size anything smaller is lost in rounding:
// on the sample people the embeddings stay the same to the last bit.
const SMALLEST_EXPONENT = 127 - 50;
const FLOAT = 1;
const TENSOR_TYPE_FIELD = 2;

function flush(weights: Uint8Array): void {
  const view = new DataView(weights.buffer, weights.byteOffset, weights.byteLength);
  for (let at = 0; at + 4 <= weights.length; at += 4) {
    const exponent = (view.getUint32(at, true) >>> 23) & 0xff;
    if (exponent < SMALLEST_EXPONENT) view.setUint32(at, 0, true);
  }
}

function isFloat(tensor: Uint8Array): boolean {
  return fields(tensor).some(({ field, value }) => field === TENSOR_TYPE_FIELD && value === FLOAT);
}

function nested(message: Uint8Array, wanted: number): Uint8Array[] {
  return fields(message)
    .filter(({ field, content }) => field === wanted && content)
    .map(({ content }) => content ?? new Uint8Array());
}

interface Field {
  readonly field: number;
  /** Of a number. */
  readonly value?: number;
  /** Of a string, bytes or nested message; a view, not a copy. */
  readonly content?: Uint8Array;
}

function fields(message: Uint8Array): Field[] {
  const reader = { message, at: 0 };
  const found: Field[] = [];
  while (reader.at < message.length) found.push(readField(reader));
  return found;
}

interface Reader {
  readonly message: Uint8Array;
  at: number;
}

function readField(reader: Reader): Field {
  const tag = readVarint(reader);
  const field = Math.floor(tag / 8);
  const wireType = tag % 8;
  if (wireType === 0) return { field, value: readVarint(reader) };
  const length = wireType === 2 ? readVarint(reader) : wireType === 1 ? 8 : 4;
  const content = reader.message.subarray(reader.at, reader.at + length);
  reader.at += length;
  return { field, content };
}

/** Multiplies instead of shifting, since lengths and 64-bit numbers outgrow a signed shift. */
function readVarint(reader: Reader): number {
  let value = 0;
  let unit = 1;
  for (;;) {
    const byte = reader.message[reader.at];
    reader.at += 1;
    if (byte === undefined) throw new RangeError('the model file is cut off');
    value += (byte & 0x7f) * unit;
    if (byte < 0x80) return value;
    unit *= 128;
  }
}
