export type { Box, Point, Size } from './face/geometry.js';
export { fitLetterbox, fromLetterbox } from './face/letterbox.js';
export type { Letterbox } from './face/letterbox.js';
export { readDetections, suppressOverlaps } from './face/detections.js';
export type { Detection } from './face/detections.js';
export { selectFace } from './face/select-face.js';
export type { FaceSelection } from './face/select-face.js';
export { eyes, meanLandmarks, mouthOpening, readLandmarks } from './face/landmarks.js';
export type { Landmarks } from './face/landmarks.js';
export { ALIGNED_SIZE, eyeSquare, faceSquare } from './face/crops.js';
export { alignFace } from './face/align.js';
export { scaleBox } from './face/scale-box.js';
export type { RgbImage } from './face/rgb-image.js';
export { mirrored, toPlanes } from './face/planes.js';
export type { PixelInput } from './face/planes.js';
export { readHeadPose } from './face/pose.js';
export type { HeadPose } from './face/pose.js';
export { SURROUNDINGS, measureBackground } from './quality/background.js';
export { evenedContrast, openLogOdds, probabilityOf } from './quality/eyes-open.js';
export type { EyeOpinions } from './quality/eyes-open.js';
export { measureEyesVisible } from './quality/eyes-visible.js';
export { measureExtent } from './quality/face-measures.js';
export type { FaceMeasures } from './quality/face-measures.js';
export { measureMouthVisible } from './quality/mouth-visible.js';
export { qualityDemands } from './quality/quality-demands.js';
export type { QualityDemand, QualityThresholds } from './quality/quality-demands.js';
export { measureLight } from './quality/face-light.js';
export { assessQuality } from './quality/quality-gate.js';
export type { QualityVerdict } from './quality/quality-gate.js';
export { qualityAdvice } from './quality/quality-reason.js';
export type { Advice, QualityReason } from './quality/quality-reason.js';
export { decideLiveness } from './liveness/decide-liveness.js';
export type { LivenessVerdict } from './liveness/decide-liveness.js';
export { liveLogOdds, livenessViews } from './liveness/network-evidence.js';
export { colourEvidence, measureRedness } from './liveness/skin-colour.js';
export { gridEvidence, measureSurfaceGrid } from './liveness/surface-grid.js';
export { findPresentationBorder } from './liveness/presentation-border.js';
export type { BorderSegment, PresentationBorder } from './liveness/presentation-border.js';
export { fuseLiveness } from './liveness/fuse-liveness.js';
export type { LivenessCues } from './liveness/fuse-liveness.js';
export { cosine, meanDirection } from './template/embedding.js';
export { averageTemplates } from './template/average-templates.js';
export { OPERATING_SCORE } from './template/calibration.js';
export type { Calibration } from './template/calibration.js';
export { MalformedTemplateError, decodeTemplate, encodeTemplate } from './template/template.js';
export type { FaceTemplate } from './template/template.js';
export { ModelChainMismatchError, compareTemplates } from './template/compare-templates.js';
export type { Comparison } from './template/compare-templates.js';
export { probeImage } from './probe/probe-image.js';
export type { ImageProbe, ImageRejection, ProbedImage } from './probe/probe-image.js';
export type { ImageHeader, ImageMediaType } from './probe/image-header.js';
export { drawChallenge } from './challenge/challenge.js';
export type { Challenge, ChallengeOptions } from './challenge/challenge.js';
export { movementInstructions } from './challenge/movement.js';
export type { Movement } from './challenge/movement.js';
export { FLASH_MS, flashColours } from './challenge/flash-colour.js';
export type { FlashColour } from './challenge/flash-colour.js';
export type {
  FrameContent,
  FrameObservation,
  LinearColour,
  ObservedFace,
} from './challenge/frame-observation.js';
export {
  PATCH_CELLS,
  SCENE_VALUES,
  measurePatch,
  measureScene,
  measureSkin,
} from './challenge/frame-measures.js';
export { measureFacePoints } from './challenge/face-points.js';
export type { FacePoints } from './challenge/face-points.js';
export { burstRefusals, isSuspicion } from './challenge/burst-refusal.js';
export type { BurstReason, BurstRetakeReason, BurstSuspicion } from './challenge/burst-refusal.js';
export { selectBestFrames } from './challenge/best-frames.js';
export { MAX_BURST_FRAMES, verifyBurst } from './challenge/verify-burst.js';
export type { BurstLimits, BurstVerdict } from './challenge/verify-burst.js';
