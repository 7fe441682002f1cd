import type { EyeOpinions, FaceMeasures, HeadPose, RgbImage } from '@absah/biometrics';
import {
  SURROUNDINGS,
  evenedContrast,
  eyeSquare,
  eyes,
  faceSquare,
  measureBackground,
  measureExtent,
  measureEyesVisible,
  measureLight,
  measureMouthVisible,
  mouthOpening,
  openLogOdds,
  probabilityOf,
  scaleBox,
} from '@absah/biometrics';
import { judgeEye, judgePose } from './face-models.js';
import type { LocatedFace } from './locate-face.js';
import type { AnalysisModels } from './model-chain.js';

/** What the gate judges a face by. */
export async function measureQuality(models: AnalysisModels, face: LocatedFace): Promise<FaceMeasures> {
  const { image, detection, landmarks, aligned } = face;
  const openness = await eyeOpenness(models, face);
  return {
    singleFacePresent: face.singleFace,
    ...measureExtent(detection.box, landmarks, image, face.workingScale),
    ...measureLight(aligned),
    headPose: await headPose(models, face),
    eyesOpen: probabilityOf(openness),
    eyesVisible: measureEyesVisible(aligned, openness),
    mouthVisible: measureMouthVisible(aligned),
    mouthOpening: mouthOpening(landmarks),
    backgroundDetail: measureBackground(surroundings(face)),
  };
}

async function headPose({ pose }: AnalysisModels, { image, detection }: LocatedFace): Promise<HeadPose> {
  return judgePose(pose, image, faceSquare(detection.box, pose.extent));
}

function surroundings({ image, detection }: LocatedFace): RgbImage {
  return scaleBox(image, faceSquare(detection.box, SURROUNDINGS.extent), SURROUNDINGS.size);
}

// The eye model errs less on the mean of two sizes of crop. The second is this much larger.
const CROP_GROWTH = 1.25;

async function eyeOpenness({ eye }: AnalysisModels, { image, landmarks }: LocatedFace): Promise<number> {
  const crops = eyes(landmarks).map((found) =>
    [1, CROP_GROWTH].map((growth) => scaleBox(image, eyeSquare(found, eye.extent * growth), eye.inputSize)),
  );
  const judge = (ofBoth: readonly (readonly RgbImage[])[]) =>
    Promise.all(ofBoth.map((ofOne) => Promise.all(ofOne.map((crop) => judgeEye(eye, crop)))));
  const asTaken: EyeOpinions[] = await judge(crops);
  if (openLogOdds(asTaken) > 0) return openLogOdds(asTaken);
  return openLogOdds([...asTaken, ...(await judge(crops.map((ofOne) => ofOne.map(evenedContrast))))]);
}
