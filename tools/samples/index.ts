export { portraits } from './people.js';
export type { SamplePortrait } from './people.js';
export { samplePeople } from './sample-people.js';
export type { SamplePerson } from './sample-people.js';
export { blurred, darkened } from './spoil.js';
