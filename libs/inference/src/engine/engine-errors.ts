/** Every worker is busy and the queue is full: try again later, here or at another replica. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
  constructor() {
    super('the face engine has no room for another capture');
  }
}

/** The engine cannot work as it is set up, most often for want of the right model files. */
export class EngineStartError extends Error {
  override readonly name = 'EngineStartError';
}

/** A task failed, or its worker died with it; the task was not retried, since it may have been the cause. */
export class EngineTaskError extends Error {
  override readonly name: string = 'EngineTaskError';
}

/** A task did not come to an end in time. Its worker was given up and replaced. */
export class EngineDeadlineError extends EngineTaskError {
  override readonly name = 'EngineDeadlineError';
  constructor(deadlineMs: number) {
    super(`a face worker did not finish within ${deadlineMs} ms`);
  }
}

export class EngineClosedError extends Error {
  override readonly name = 'EngineClosedError';
  constructor() {
    super('the face engine is closed');
  }
}
