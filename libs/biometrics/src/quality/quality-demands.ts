import type { FaceMeasures } from './face-measures.js';
import type { QualityReason } from './quality-reason.js';

export interface QualityThresholds {
  readonly minInterEyeDistance: number;
  readonly maxHeadSize: number;
  readonly minMarginOfFace: number;
  readonly minLuminanceMean: number;
  readonly maxLuminanceMean: number;
  readonly maxUnderExposure: number;
  readonly maxOverExposure: number;
  readonly minIlluminationUniformity: number;
  readonly minSharpness: number;
  readonly maxYaw: number;
  readonly maxPitch: number;
  readonly maxRoll: number;
  readonly minEyesOpen: number;
  readonly minEyesVisible: number;
  readonly minMouthVisible: number;
  readonly maxMouthOpening: number;
  readonly maxBackgroundDetail: number;
}

type LimitOf<Side extends 'min' | 'max'> = Extract<keyof QualityThresholds, `${Side}${string}`>;

/** One thing that a capture has to fulfil. The gate applies these; the reference page lists them. */
export interface QualityDemand {
  readonly reason: QualityReason;
  /** The quality component of ISO/IEC 29794-5 or OFIQ that it follows. */
  readonly component: string;
  readonly unit: string;
  readonly value: (measures: FaceMeasures) => number;
  readonly limit: { readonly min: LimitOf<'min'> | 1 } | { readonly max: LimitOf<'max'> };
  /** Reasons that make this measure worthless: somebody told to open eyes that were open would lose faith. */
  readonly unless: readonly QualityReason[];
}

const UNSEEN: readonly QualityReason[] = ['too-dark', 'too-bright', 'blurred'];

/** In the order in which mending helps: a face that is out of frame or far also measures as blurred or
 *  turned. */
export const qualityDemands: readonly QualityDemand[] = [
  {
    reason: 'two-faces',
    component: 'SingleFacePresent',
    unit: '1 when no other face is of comparable size',
    value: ({ singleFacePresent }) => Number(singleFacePresent),
    limit: { min: 1 },
    unless: [],
  },
  {
    reason: 'out-of-frame',
    component: 'Left-, Right-, Up- and DownwardCropOfTheFaceImage',
    unit: 'face heights to the nearest border',
    value: ({ marginOfFace }) => marginOfFace,
    limit: { min: 'minMarginOfFace' },
    unless: [],
  },
  {
    reason: 'covered',
    component: 'MouthOcclusionPrevention, FaceOcclusionPrevention',
    unit: 'clarity of the lips, ln',
    value: ({ mouthVisible }) => mouthVisible,
    limit: { min: 'minMouthVisible' },
    unless: UNSEEN,
  },
  {
    reason: 'dark-glasses',
    component: 'EyesVisible',
    unit: 'lightness of the lids against the nose, ln',
    value: ({ eyesVisible }) => eyesVisible,
    limit: { min: 'minEyesVisible' },
    // A white mask makes every eye look dark beside it.
    unless: [...UNSEEN, 'covered'],
  },
  {
    reason: 'too-far',
    component: 'InterEyeDistance',
    unit: 'pixels of the picture as sent',
    value: ({ interEyeDistance }) => interEyeDistance,
    limit: { min: 'minInterEyeDistance' },
    unless: [],
  },
  {
    reason: 'too-near',
    component: 'HeadSize',
    unit: 'share of the picture',
    value: ({ headSize }) => headSize,
    limit: { max: 'maxHeadSize' },
    unless: [],
  },
  {
    reason: 'too-dark',
    component: 'LuminanceMean',
    unit: 'share of white',
    value: ({ luminanceMean }) => luminanceMean,
    limit: { min: 'minLuminanceMean' },
    unless: [],
  },
  {
    reason: 'too-dark',
    component: 'UnderExposurePrevention',
    unit: 'share of the face that is nearly black',
    value: ({ underExposure }) => underExposure,
    limit: { max: 'maxUnderExposure' },
    unless: [],
  },
  {
    reason: 'too-bright',
    component: 'LuminanceMean',
    unit: 'share of white',
    value: ({ luminanceMean }) => luminanceMean,
    limit: { max: 'maxLuminanceMean' },
    unless: [],
  },
  {
    reason: 'too-bright',
    component: 'OverExposurePrevention',
    unit: 'share of the face that is nearly white',
    value: ({ overExposure }) => overExposure,
    limit: { max: 'maxOverExposure' },
    unless: [],
  },
  {
    reason: 'uneven-light',
    component: 'IlluminationUniformity',
    unit: 'common share of the histograms of both halves',
    value: ({ illuminationUniformity }) => illuminationUniformity,
    limit: { min: 'minIlluminationUniformity' },
    // Each of these makes the halves differ by itself.
    unless: ['too-dark', 'too-bright', 'covered', 'turned'],
  },
  {
    reason: 'blurred',
    component: 'Sharpness',
    unit: 'energy of the Laplacian per energy of the face',
    value: ({ sharpness }) => sharpness,
    limit: { min: 'minSharpness' },
    unless: [],
  },
  {
    reason: 'turned',
    component: 'HeadPoseYaw',
    unit: 'degrees to either side',
    value: ({ headPose }) => Math.abs(headPose.yaw),
    limit: { max: 'maxYaw' },
    unless: UNSEEN,
  },
  {
    reason: 'turned',
    component: 'HeadPosePitch',
    unit: 'degrees up or down',
    value: ({ headPose }) => Math.abs(headPose.pitch),
    limit: { max: 'maxPitch' },
    unless: UNSEEN,
  },
  {
    reason: 'turned',
    component: 'HeadPoseRoll',
    unit: 'degrees to either shoulder',
    value: ({ headPose }) => Math.abs(headPose.roll),
    limit: { max: 'maxRoll' },
    unless: UNSEEN,
  },
  {
    reason: 'eyes-closed',
    component: 'EyesOpen',
    unit: 'probability',
    value: ({ eyesOpen }) => eyesOpen,
    limit: { min: 'minEyesOpen' },
    unless: [...UNSEEN, 'dark-glasses'],
  },
  {
    reason: 'mouth-open',
    component: 'MouthClosed, ExpressionNeutrality',
    unit: 'eye distances between the inner lips',
    value: ({ mouthOpening }) => mouthOpening,
    limit: { max: 'maxMouthOpening' },
    unless: [...UNSEEN, 'covered'],
  },
  {
    reason: 'busy-background',
    component: 'BackgroundUniformity',
    unit: 'mean step of brightness around the head, share of white',
    value: ({ backgroundDetail }) => backgroundDetail,
    limit: { max: 'maxBackgroundDetail' },
    unless: [],
  },
];
