/** One request that would like to answer with the decision. */
export interface Waiting {
  /** Nobody asked to wait, or the service stops. */
  readonly isOver: boolean;
  /** Settles when somebody decided, when the time is up, or when the service stops: read the case then. */
  readonly over: Promise<void>;
  cancel(): void;
}

const notWaiting: Waiting = { isOver: true, over: Promise.resolve(), cancel: () => undefined };

/** The requests of this replica that wait for a decision, whichever replica makes it. */
export class DecisionWaiters {
  readonly #wakeUps = new Map<string, () => void>();
  #closed = false;

  /** Call it before the case is committed, or a quick decision passes unheard. */
  expect(caseId: string, waitMs: number): Waiting {
    if (this.#closed || waitMs <= 0) return notWaiting;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const finish = (): void => {
      clearTimeout(timer);
      this.#wakeUps.delete(caseId);
      resolve(undefined);
    };
    const timer = setTimeout(finish, waitMs);
    this.#wakeUps.set(caseId, finish);
    return { isOver: false, over: promise, cancel: finish };
  }

  get count(): number {
    return this.#wakeUps.size;
  }

  wake(caseId: string): void {
    this.#wakeUps.get(caseId)?.();
  }

  /** Everybody gets the answer "not yet" at once, so that the service can stop. */
  close(): void {
    this.#closed = true;
    for (const wakeUp of [...this.#wakeUps.values()]) wakeUp();
  }
}
