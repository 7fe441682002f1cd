import { Inject, Injectable } from '@nestjs/common';
import { kekLost, kekWrong } from '../domain/errors.js';
import { KekChecks, KekProvider, type KekCandidate, type KekCheck, type Refusal } from './ports.js';

const KNOWN_TEXT = Buffer.from('absah: this key-encryption key is the one of this database');

/** Are the key-encryption keys those that this database was sealed with? None comes into force before that is known. */
@Injectable()
export class CheckKeks {
  constructor(
    @Inject(KekProvider) private readonly keks: KekProvider,
    @Inject(KekChecks) private readonly checks: KekChecks,
  ) {}

  /**
   * At the start, after a rotation, or after the removal of a key that is not needed any more. Throws what is wrong and
   * what to do about it; the keys before stay in force then.
   */
  async run(): Promise<void> {
    // In this order: what another replica has met by now is there to be looked at, so it cannot be taken for gone.
    const known = await this.checks.all();
    const candidate = await this.keks.look();
    await verify(candidate, known);
    if (!known.some(({ sealed }) => sealed.kekId === candidate.activeKekId)) await this.introduce(candidate);
    candidate.adopt();
  }

  /** A KEK that this database meets for the first time. Verified as well: another replica may have met another one. */
  private async introduce(candidate: KekCandidate): Promise<void> {
    for (const sealed of await candidate.wrap([KNOWN_TEXT])) {
      await this.checks.add(sealed);
      const all = await this.checks.all();
      await verify(
        candidate,
        all.filter((check) => check.sealed.kekId === sealed.kekId),
      );
    }
  }
}

async function verify(candidate: KekCandidate, checks: readonly KekCheck[]): Promise<void> {
  const opened = await candidate.unwrap(checks.map(({ sealed }) => sealed));
  for (const [index, { sealed, inUse }] of checks.entries()) {
    const verdict = verdictOn(opened[index]);
    if (verdict === 'wrong') throw kekWrong(sealed.kekId);
    // One that nothing depends on any more may go.
    if (verdict === 'gone' && (inUse || sealed.kekId === candidate.activeKekId)) throw kekLost(sealed.kekId);
  }
}

function verdictOn(opened: Uint8Array | Refusal | undefined): 'right' | 'wrong' | 'gone' {
  if (opened === undefined || opened === 'kek-unknown') return 'gone';
  return opened !== 'kek-wrong' && Buffer.compare(opened, KNOWN_TEXT) === 0 ? 'right' : 'wrong';
}
