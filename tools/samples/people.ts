/** Where one person stands in one of the six group photographs of @vladmandic/face-api (MIT), in pixels. */
export interface SamplePortrait {
  readonly personId: string;
  /** Different for each picture of one person. */
  readonly portraitId: string;
  readonly photo: 1 | 2 | 3 | 4 | 5 | 6;
  readonly face: { readonly x: number; readonly y: number };
  /** About three face heights, three to four, and no neighbour's face inside. */
  readonly crop: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/** Everybody who looks into the camera with open eyes. Left out are two whom the embedding model takes for
 *  somebody else in another photograph: nobody knows whether it errs. */
export const portraits: readonly SamplePortrait[] = [
  {
    personId: 'woman-a',
    portraitId: 'woman-a-1',
    photo: 1,
    face: { x: 1573, y: 312 },
    crop: { left: 1329, top: 0, width: 489, height: 652 },
  },
  {
    personId: 'woman-a',
    portraitId: 'woman-a-2',
    photo: 3,
    face: { x: 1184, y: 349 },
    crop: { left: 781, top: 0, width: 807, height: 1076 },
  },
  {
    personId: 'person-b',
    portraitId: 'person-b-1',
    photo: 1,
    face: { x: 504, y: 474 },
    crop: { left: 209, top: 214, width: 496, height: 661 },
  },
  {
    personId: 'person-c',
    portraitId: 'person-c-1',
    photo: 3,
    face: { x: 691, y: 466 },
    crop: { left: 374, top: 52, width: 745, height: 993 },
  },
  {
    personId: 'person-d',
    portraitId: 'person-d-1',
    photo: 3,
    face: { x: 1601, y: 434 },
    crop: { left: 1284, top: 90, width: 636, height: 848 },
  },
  {
    personId: 'person-e',
    portraitId: 'person-e-1',
    photo: 4,
    face: { x: 344, y: 318 },
    crop: { left: 7, top: 0, width: 675, height: 900 },
  },
  {
    personId: 'person-f',
    portraitId: 'person-f-1',
    photo: 4,
    face: { x: 753, y: 189 },
    crop: { left: 453, top: 0, width: 600, height: 800 },
  },
  {
    personId: 'person-g',
    portraitId: 'person-g-1',
    photo: 5,
    face: { x: 467, y: 1023 },
    crop: { left: 221, top: 589, width: 607, height: 809 },
  },
  {
    personId: 'person-h',
    portraitId: 'person-h-1',
    photo: 5,
    face: { x: 873, y: 217 },
    crop: { left: 657, top: 0, width: 433, height: 577 },
  },
  {
    personId: 'person-i',
    portraitId: 'person-i-1',
    photo: 6,
    face: { x: 1590, y: 415 },
    crop: { left: 1285, top: 95, width: 611, height: 815 },
  },
];
