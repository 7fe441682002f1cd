import { BitWriter, chunk } from './webp-syntax.js';

const SIGNATURE = 0x2f;
const TILE_SIDE = 4;
const SYMBOLS = 256;

// The order in which the lengths of the codes for code lengths are written.
const LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8];

/** A lossless picture, all of one colour, in which every tile of 4 × 4 has a set of five Huffman tables of its
 *  own: 20 bits of file each, and kilobytes in a decoder. */
export function manyHuffmanTables(width: number, height: number, sets: number): Buffer {
  const bits = new BitWriter();
  bits.write(width - 1, 14);
  bits.write(height - 1, 14);
  bits.write(0, 1 + 3 + 1 + 1); // no alpha, version 0, no transform, no colour cache
  bits.write(1, 1); // tables differ by tile
  bits.write(0, 3); // tiles of 4 × 4
  writeTileMap(bits, Math.ceil(width / TILE_SIDE) * Math.ceil(height / TILE_SIDE), sets);
  for (let table = 0; table < sets * 5; table += 1) writeSingleSymbol(bits);
  return chunk('VP8L', Buffer.concat([Buffer.of(SIGNATURE), bits.bytes()]));
}

/** An image whose red and green tell the set of tables of each tile. */
function writeTileMap(bits: BitWriter, tiles: number, sets: number): void {
  bits.write(0, 1); // no colour cache
  writeAllSymbols(bits, SYMBOLS + 24); // green, and lengths of copies
  writeAllSymbols(bits, SYMBOLS); // red
  for (let table = 0; table < 3; table += 1) writeSingleSymbol(bits); // blue, alpha, distance
  for (let tile = 0; tile < tiles; tile += 1) {
    const set = tile % sets;
    writeReversed(bits, set & 0xff);
    writeReversed(bits, set >> 8);
  }
}

/** Codes of eight bits for 256 symbols, none for those after. */
function writeAllSymbols(bits: BitWriter, alphabet: number): void {
  bits.write(0, 1); // not simple
  bits.write(LENGTH_ORDER.length - 4, 4);
  for (const length of LENGTH_ORDER) bits.write(length === 0 || length === 8 ? 1 : 0, 3);
  bits.write(0, 1); // all symbols follow
  // Of the two lengths in use, 0 has code 0 and 8 has code 1.
  for (let symbol = 0; symbol < alphabet; symbol += 1) bits.write(symbol < SYMBOLS ? 1 : 0, 1);
}

function writeSingleSymbol(bits: BitWriter): void {
  bits.write(1, 1); // simple
  bits.write(0, 1); // one symbol
  bits.write(0, 1); // of one bit
  bits.write(0, 1); // which is 0
}

/** Huffman codes go in from their highest bit. */
function writeReversed(bits: BitWriter, code: number): void {
  for (let bit = 7; bit >= 0; bit -= 1) bits.write(code >> bit, 1);
}
