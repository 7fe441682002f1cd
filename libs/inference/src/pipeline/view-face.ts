import type { FaceMeasures, QualityVerdict, RgbImage } from '@absah/biometrics';
import { assessQuality } from '@absah/biometrics';
import type { ModelManifest } from '../models/manifest.js';
import type { DecodedImage, UnreadableCode } from './decode-image.js';
import type { LocatedFace } from './locate-face.js';
import { locateFace } from './locate-face.js';
import { measureQuality } from './measure-quality.js';
import type { AnalysisModels } from './model-chain.js';
import type { StageClock } from './stage-clock.js';
import { turnImage } from './turn-image.js';
import { likelyTurns, uprightDoubt } from './likely-turns.js';

export interface ViewedFace {
  readonly face: LocatedFace;
  readonly quality: FaceMeasures;
  readonly verdict: QualityVerdict;
}

export type FaceView =
  | { readonly kind: 'unreadable'; readonly code: UnreadableCode }
  | { readonly kind: 'no-face' }
  | ({ readonly kind: 'face' } & ViewedFace);

type UprightView = Exclude<FaceView, { kind: 'unreadable' }>;

// Upside down, the eye model finds mouths and chins in place of eyes, and is rarely so sure.
const SURELY_EYES = 0.95;

/** For frames of a burst, where a turned head and closed eyes are what was asked for. */
export async function viewAsTaken(
  models: AnalysisModels,
  thresholds: ModelManifest['thresholds'],
  decoded: DecodedImage,
  clock: StageClock,
): Promise<FaceView> {
  return decoded.kind === 'unreadable' ? decoded : viewUpright(models, thresholds, decoded, clock);
}

/** The face of a picture and what the gate says to it. Where it is not clear that the face stands upright,
 *  the picture is looked at from its other sides, too. */
export async function viewFace(
  models: AnalysisModels,
  thresholds: ModelManifest['thresholds'],
  decoded: DecodedImage,
  clock: StageClock,
): Promise<FaceView> {
  if (decoded.kind === 'unreadable') return decoded;
  const { image } = decoded;
  const view = (turned: RgbImage) => viewUpright(models, thresholds, { ...decoded, image: turned }, clock);

  const asTaken = await view(image);
  const doubt = uprightDoubt(asTaken.kind === 'face' ? asTaken.face.detection : undefined);
  if (doubt <= 1 - thresholds.upright && eyesOpen(asTaken) >= SURELY_EYES) return asTaken;
  const likely = await likelyTurns(models.detect, image, thresholds, doubt);
  clock.lap('detect');
  for (const turns of likely) {
    const turned = await view(await turnImage(image, turns));
    // Detector and eye model must agree: each alone turns some faces that stood upright, and a template of a face
    // upside down is nobody's.
    if (eyesOpen(turned) > eyesOpen(asTaken)) return turned;
  }
  return asTaken;
}

function eyesOpen(view: UprightView): number {
  return view.kind === 'face' ? view.quality.eyesOpen : 0;
}

async function viewUpright(
  models: AnalysisModels,
  thresholds: ModelManifest['thresholds'],
  picture: { readonly image: RgbImage; readonly workingScale: number },
  clock: StageClock,
): Promise<UprightView> {
  const face = await locateFace(models, thresholds, picture, clock);
  if (!face) return { kind: 'no-face' };
  const quality = await measureQuality(models, face);
  const verdict = assessQuality(quality, thresholds.quality);
  clock.lap('quality');
  return { kind: 'face', face, quality, verdict };
}
