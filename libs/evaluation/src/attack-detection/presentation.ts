/** One image that was shown to the system. */
export interface Presentation {
  /** Of an attack; a bona fide presentation has none. */
  readonly species?: string;
  readonly typeOfAttack?: string;
  readonly kindOfAttack?: string;
  /** See `FolderRole`. */
  readonly subject: string;
  /** Absent when the system gave no answer: no face found, or a retake asked for. */
  readonly score?: number;
}
