import { ALIGNED_SIZE } from '@absah/biometrics';

const FACE_BYTES = ALIGNED_SIZE * ALIGNED_SIZE * 3;
const MOST_FACES = 3;

/** The faces of one person that liveness left behind each other, as windows on the same memory. Undefined when
 *  the bytes are something else. */
export function splitFaces(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const count = bytes.length / FACE_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MOST_FACES) return undefined;
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * FACE_BYTES, (index + 1) * FACE_BYTES),
  );
}
