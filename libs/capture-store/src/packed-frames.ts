const LENGTH_BYTES = 4;

/** A burst as one capture: each frame behind its length, big endian. One message is put, read and purged as a whole. */
export function packFrames(frames: readonly Uint8Array[]): Uint8Array {
  const packed = Buffer.alloc(frames.reduce((sum, frame) => sum + LENGTH_BYTES + frame.length, 0));
  let offset = 0;
  for (const frame of frames) {
    offset = packed.writeUInt32BE(frame.length, offset);
    packed.set(frame, offset);
    offset += frame.length;
  }
  return packed;
}

/** The frames share the memory of `packed`. Undefined when the lengths do not add up. */
export function unpackFrames(packed: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const frames: Uint8Array[] = [];
  let offset = 0;
  while (offset + LENGTH_BYTES <= packed.length) {
    const start = offset + LENGTH_BYTES;
    offset = start + view.getUint32(offset);
    frames.push(packed.subarray(start, offset));
  }
  return offset === packed.length ? frames : undefined;
}
