export { samplePeople } from './sample-people.js';
export type { SamplePerson } from './sample-people.js';
export { carriedAround, heldStill } from './moved-about.js';
export { blurred, darkened } from './spoil.js';
