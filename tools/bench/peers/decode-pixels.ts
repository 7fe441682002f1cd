import sharp from 'sharp';

export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

sharp.concurrency(1);
sharp.cache(false);

/** With the fastest decoder that Node has, so that no peer loses time that its user would not.
 *  @returns undefined when the file is damaged */
export async function decodePixels(image: Uint8Array): Promise<Pixels | undefined> {
  try {
    const { data, info } = await sharp(image)
      .autoOrient()
      .flatten()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}
