import type { FaceMeasures, HeadPose, Landmarks, RgbImage } from '@absah/biometrics';
import { eyeSquare, eyes, faceSquare, measureExtent, measureLight, scaleBox } from '@absah/biometrics';
import { judgeEye, judgePose } from './face-models.js';
import type { LocatedFace } from './locate-face.js';
import type { AnalysisModels } from './model-chain.js';

/** What the gate judges a face by. */
export async function measureQuality(models: AnalysisModels, face: LocatedFace): Promise<FaceMeasures> {
  const { image, detection, landmarks } = face;
  return {
    singleFacePresent: face.singleFace,
    ...measureExtent(detection.box, landmarks, image, face.workingScale),
    ...measureLight(face.aligned),
    headPose: await headPose(models, face),
    eyesOpen: await eyesOpen(models, image, landmarks),
  };
}

async function headPose({ pose }: AnalysisModels, { image, detection }: LocatedFace): Promise<HeadPose> {
  return judgePose(pose, scaleBox(image, faceSquare(detection.box, pose.extent), pose.inputSize));
}

async function eyesOpen({ eye }: AnalysisModels, image: RgbImage, landmarks: Landmarks): Promise<number> {
  const [left, right] = eyes(landmarks).map((found) =>
    scaleBox(image, eyeSquare(found, eye.extent), eye.inputSize),
  );
  if (!left || !right) throw new RangeError('a face has two eyes');
  return Math.min(await judgeEye(eye, left), await judgeEye(eye, right));
}
