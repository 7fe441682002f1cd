/** Primaries of a screen: far apart for a camera, and none is the sum of what an unlit room may give. */
export const flashColours = ['red', 'green', 'blue'] as const;

export type FlashColour = (typeof flashColours)[number];

/** How long the page shows each colour. The first appears with the challenge itself; the movements follow the
 *  last. */
export const FLASH_MS = 600;
