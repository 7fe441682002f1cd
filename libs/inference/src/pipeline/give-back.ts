/** Frees memory now, and empties every view of it: the garbage collector comes late to large buffers, and then
 *  marks the whole heap for them. Memory that others share, as in Node's pool of small buffers, is left alone. */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
