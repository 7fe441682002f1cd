export type QualityReason =
  | 'no-face'
  | 'two-faces'
  | 'out-of-frame'
  | 'covered'
  | 'dark-glasses'
  | 'too-far'
  | 'too-near'
  | 'too-dark'
  | 'too-bright'
  | 'uneven-light'
  | 'blurred'
  | 'turned'
  | 'eyes-closed'
  | 'mouth-open'
  | 'busy-background';

export interface Advice {
  readonly id: string;
  readonly en: string;
}

/** What the person in front of the camera can do about each reason. */
export const qualityAdvice: Readonly<Record<QualityReason, Advice>> = {
  'no-face': {
    id: 'Hadapkan wajah ke kamera. Lepaskan masker, kacamata hitam, atau apa pun yang menutupi wajah.',
    en: 'Face the camera. Take off a mask, sunglasses or anything else that covers your face.',
  },
  'two-faces': {
    id: 'Pastikan hanya Anda yang terlihat di kamera.',
    en: 'Make sure that nobody but you is in the picture.',
  },
  'out-of-frame': {
    id: 'Geser hingga seluruh wajah Anda berada di dalam bingkai.',
    en: 'Move until your whole face is inside the frame.',
  },
  covered: {
    id: 'Lepaskan masker, dan jauhkan tangan atau kain dari mulut dan hidung.',
    en: 'Take off your mask, and keep hands and cloth away from your mouth and nose.',
  },
  'dark-glasses': {
    id: 'Lepaskan kacamata hitam agar kedua mata terlihat.',
    en: 'Take off your dark glasses so that both eyes can be seen.',
  },
  'too-far': {
    id: 'Dekatkan wajah Anda ke kamera.',
    en: 'Come closer to the camera.',
  },
  'too-near': {
    id: 'Jauhkan sedikit wajah Anda dari kamera.',
    en: 'Move a little away from the camera.',
  },
  'too-dark': {
    id: 'Cari tempat yang lebih terang, atau menghadaplah ke arah cahaya.',
    en: 'Find a brighter place, or turn towards the light.',
  },
  'too-bright': {
    id: 'Hindari cahaya yang langsung mengenai wajah atau kamera.',
    en: 'Avoid light that shines straight onto your face or into the camera.',
  },
  'uneven-light': {
    id: 'Hadapkan wajah ke cahaya, agar kedua sisi wajah sama terangnya.',
    en: 'Turn towards the light, so that both sides of your face are lit.',
  },
  blurred: {
    id: 'Bersihkan lensa, pegang kamera dengan mantap, dan jangan bergerak.',
    en: 'Wipe the lens, hold the camera steady and keep still.',
  },
  turned: {
    id: 'Tegakkan kepala dan lihat lurus ke kamera.',
    en: 'Hold your head upright and look straight into the camera.',
  },
  'eyes-closed': {
    id: 'Buka kedua mata. Singkirkan rambut atau pantulan kacamata dari mata Anda.',
    en: 'Open both eyes. Keep hair and reflections on glasses away from them.',
  },
  'mouth-open': {
    id: 'Tutup mulut dan pasang wajah tenang.',
    en: 'Close your mouth and keep a calm face.',
  },
  'busy-background': {
    id: 'Berdirilah di depan latar yang polos, misalnya dinding.',
    en: 'Stand in front of something plain, such as a wall.',
  },
};
