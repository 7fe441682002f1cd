import type { VisitKind } from '../plan/visit-kinds.js';

/** What one request did and was told. `unanswered`: nobody knows whether there is a case. */
export interface ToldRequest {
  /** The moment of consent that it states, different for each: the only thing of the client's that a case keeps. */
  readonly id: string;
  readonly kind: VisitKind;
  readonly person: number;
  readonly atMs: number;
  readonly answer: 'accepted' | 'refused' | 'unanswered';
  /** Of the refusal, or of the last time that it was put off. */
  readonly code?: string;
  readonly caseId?: string;
  /** Each once, in the order in which the client heard of them. */
  readonly statuses: readonly string[];
  /** When the client first heard a decision. */
  readonly decidedMs?: number;
  /** `asked`: the answer is not known. */
  readonly activation: Step;
  readonly deactivation: Step;
}

export type Step = 'none' | 'asked' | 'refused' | 'told';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const OPEN: ReadonlySet<string> = new Set(['processing', 'parked']);

/** The clients' own record, written as the answers come in. */
export class ClientBook {
  readonly #requests = new Map<string, Mutable<ToldRequest>>();

  /** `elapsedMs` is the clock of the run. */
  constructor(private readonly elapsedMs: () => number) {}

  sends(request: Pick<ToldRequest, 'id' | 'kind' | 'person'>): void {
    this.#requests.set(request.id, {
      ...request,
      atMs: this.elapsedMs(),
      answer: 'unanswered',
      statuses: [],
      activation: 'none',
      deactivation: 'none',
    });
  }

  isAccepted(id: string, caseId: string): void {
    const request = this.#request(id);
    request.answer = 'accepted';
    request.caseId = caseId;
    delete request.code;
  }

  isRefused(id: string, code: string): void {
    const request = this.#request(id);
    request.answer = 'refused';
    request.code = code;
  }

  isPutOff(id: string, code: string): void {
    this.#request(id).code = code;
  }

  hears(id: string, status: string): void {
    const request = this.#request(id);
    if (request.statuses.at(-1) !== status) request.statuses = [...request.statuses, status];
    if (!OPEN.has(status)) request.decidedMs ??= this.elapsedMs();
  }

  step(id: string, step: 'activation' | 'deactivation', state: Step): void {
    this.#request(id)[step] = state;
  }

  get requests(): readonly ToldRequest[] {
    return [...this.#requests.values()];
  }

  #request(id: string): Mutable<ToldRequest> {
    const request = this.#requests.get(id);
    if (!request) throw new Error(`no request ${id}`);
    return request;
  }
}

export function isOpen(status: string): boolean {
  return OPEN.has(status);
}
