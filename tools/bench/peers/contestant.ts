import type { Box, Size } from '@absah/biometrics';
import { selectFace } from '@absah/biometrics';

/** A way to turn a photograph into a vector, ready to run. */
export interface Contestant {
  /** What exactly was measured: versions, backend, settings. */
  readonly about: string;
  /** From the bytes of a picture; undefined when no face is found in it. */
  describe(image: Uint8Array): Promise<Float32Array | undefined>;
}

export interface FoundFace {
  readonly box: Box;
  readonly score: number;
}

/** The face that the picture is about, by the rule of the product: nobody is measured on bystanders. */
export function centralFace<Face extends FoundFace>(faces: readonly Face[], image: Size): Face | undefined {
  const selection = selectFace(faces, image);
  return selection.kind === 'none' ? undefined : faces.find((face) => face === selection.detection);
}
