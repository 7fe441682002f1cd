const LENGTH_BYTES = 4;

/** Several byte strings as one capture, each behind its length, big endian: the frames of a burst, or the faces
 *  of a session. One message is put, read and purged as a whole. */
export function packParts(parts: readonly Uint8Array[]): Uint8Array {
  const packed = Buffer.alloc(parts.reduce((sum, part) => sum + LENGTH_BYTES + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    offset = packed.writeUInt32BE(part.length, offset);
    packed.set(part, offset);
    offset += part.length;
  }
  return packed;
}

/** The parts share the memory of `packed`. Undefined when the lengths do not add up. */
export function unpackParts(packed: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const parts: Uint8Array[] = [];
  let offset = 0;
  while (offset + LENGTH_BYTES <= packed.length) {
    const start = offset + LENGTH_BYTES;
    offset = start + view.getUint32(offset);
    parts.push(packed.subarray(start, offset));
  }
  return offset === packed.length ? parts : undefined;
}
