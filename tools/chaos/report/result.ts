import type { ToldRequest } from '../clients/client-book.js';
import type { InflictedFault } from '../faults/inflict.js';
import type { Mishap } from '../faults/keeper.js';
import type { Settled } from '../settle.js';
import type { Finding, FindingKind } from '../verdict/finding.js';
import { recoverySeconds } from './recovery.js';

export interface ChaosResult {
  readonly seed: number;
  readonly seconds: number;
  readonly requests: number;
  readonly refused: number;
  /** Requests of which clients do not know whether there is a case. */
  readonly unanswered: number;
  readonly cases: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Why people were asked for another picture. */
  readonly retakesByReason: Readonly<Record<string, number>>;
  /** Who wanted a SIM too many, as the ledger says. */
  readonly refusedByCap: number;
  readonly lost: number;
  readonly doubled: number;
  readonly overCap: number;
  readonly approvedWithoutMatch: number;
  readonly refusedWrongly: number;
  readonly imagesLeft: number;
  readonly deadLetters: number;
  readonly plaintextFound: number;
  readonly kills: number;
  readonly quietAfterSeconds: number;
  readonly faults: readonly (InflictedFault & { readonly recoverySeconds: number | undefined })[];
  readonly mishaps: readonly Mishap[];
  readonly findings: readonly Finding[];
}

export interface Run {
  readonly seed: number;
  readonly seconds: number;
  readonly requests: readonly ToldRequest[];
  readonly faults: readonly InflictedFault[];
  readonly mishaps: readonly Mishap[];
  readonly settled: Settled;
  readonly plaintext: readonly Finding[];
}

export function resultOf(run: Run): ChaosResult {
  const { requests, faults, settled } = run;
  const { cases, ledgerEntries } = settled.evidence;
  const retakes = cases.filter(({ status }) => status === 'retake');
  const findings = [...settled.findings, ...run.plaintext];
  const named = (kind: FindingKind): number =>
    new Set(findings.filter((finding) => finding.kind === kind).flatMap(({ ids }) => ids)).size;
  const answered = (answer: ToldRequest['answer']): number =>
    requests.filter((request) => request.answer === answer).length;
  return {
    seed: run.seed,
    seconds: Math.round(run.seconds),
    requests: requests.length,
    refused: answered('refused'),
    unanswered: answered('unanswered'),
    cases: cases.length,
    byStatus: countsOf(cases.map(({ status }) => status)),
    retakesByReason: countsOf(retakes.flatMap(({ reasons }) => reasons)),
    refusedByCap: ledgerEntries.filter(({ kind }) => kind === 'refused').length,
    lost: named('lost'),
    doubled: named('doubled'),
    overCap: named('overCap'),
    approvedWithoutMatch: named('approvedWithoutMatch'),
    refusedWrongly: named('refusedWrongly'),
    imagesLeft: named('imagesLeft'),
    deadLetters: named('deadLetters'),
    plaintextFound: named('plaintext'),
    kills: faults.filter(({ fault }) => fault.kind === 'kill' || fault.kind === 'lose-store').length,
    quietAfterSeconds: Math.round(settled.afterMs / 1000),
    faults: faults.map((fault) => ({ ...fault, recoverySeconds: recoverySeconds(fault, requests) })),
    mishaps: run.mishaps,
    findings,
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const groups = [...Map.groupBy(names, (name) => name)];
  return Object.fromEntries(groups.map(([name, all]) => [name, all.length]));
}
