/** What is known of a case on paper, written without a look at the database's rules. */
interface Sheet {
  readonly operatorId: string;
  /** Absent when the case was refused. */
  readonly slot?: number;
  state: 'refused' | 'pending' | 'posted' | 'voided' | 'expired' | 'released';
}

/** How many slots may be held at an operator, and whether those at other operators count. */
export interface PaperRule {
  readonly cap: number;
  readonly countsAll: boolean;
}

export type Answer = string;

/** The slots of one person, kept as a clerk with pencil and paper would. */
export class PaperLedger {
  readonly journal: string[] = [];
  private readonly sheets = new Map<string, Sheet>();

  constructor(private readonly ruleAt: (operatorId: string) => PaperRule) {}

  reserve(caseId: string, operatorId: string): Answer {
    if (this.sheets.has(caseId)) return 'answered before';
    const { cap, countsAll } = this.ruleAt(operatorId);
    const counted = this.held().filter((sheet) => countsAll || sheet.operatorId === operatorId);
    if (counted.length >= cap) {
      this.sheets.set(caseId, { operatorId, state: 'refused' });
      this.write('refused', caseId, undefined);
      return 'refused';
    }
    const taken = new Set(counted.map((sheet) => sheet.slot));
    let slot = 1;
    while (taken.has(slot)) slot += 1;
    this.sheets.set(caseId, { operatorId, slot, state: 'pending' });
    this.write('pending', caseId, slot);
    return `reserved ${slot}`;
  }

  post(caseId: string): Answer {
    return this.move(caseId, 'pending', 'posted');
  }

  free(caseId: string, isLate: boolean): Answer {
    return this.move(caseId, 'pending', isLate ? 'expired' : 'voided');
  }

  release(caseId: string): Answer {
    return this.move(caseId, 'posted', 'released');
  }

  heldSlots(): string[] {
    return this.held()
      .map(({ operatorId, slot, state }) => `${operatorId} ${slot} ${state}`)
      .toSorted();
  }

  private held(): Sheet[] {
    return [...this.sheets.values()].filter(({ state }) => state === 'pending' || state === 'posted');
  }

  private move(caseId: string, from: Sheet['state'], to: Sheet['state']): Answer {
    const sheet = this.sheets.get(caseId);
    if (sheet?.state !== from) return 'nothing';
    sheet.state = to;
    this.write(to, caseId, sheet.slot);
    return `${to} ${sheet.slot}`;
  }

  private write(kind: Sheet['state'], caseId: string, slot: number | undefined): void {
    const count = (state: Sheet['state']) => this.held().filter((sheet) => sheet.state === state).length;
    this.journal.push(`${kind} ${caseId} ${slot ?? '-'} ${count('pending')}+${count('posted')}`);
  }
}
