import { Inject, Injectable } from '@nestjs/common';
import { kekLost, kekWrong } from '../domain/errors.js';
import { KekChecks, KekProvider, type KekCheck, type Refusal } from './ports.js';

const KNOWN_TEXT = Buffer.from('absah: this key-encryption key is the one of this database');

/** Before anything is sealed or asked for: are the key-encryption keys those that this database was sealed with? */
@Injectable()
export class CheckKeks {
  constructor(
    @Inject(KekProvider) private readonly keks: KekProvider,
    @Inject(KekChecks) private readonly checks: KekChecks,
  ) {}

  /** Throws what is wrong and what to do about it. */
  async run(): Promise<void> {
    const active = await this.keks.activeKekId();
    const known = await this.checks.all();
    await this.verify(known, active);
    if (!known.some(({ sealed }) => sealed.kekId === active)) await this.introduce();
  }

  /** After a rotation, or the removal of a key that is not needed any more. */
  async follow(): Promise<void> {
    const needed = (await this.checks.all()).filter(({ inUse }) => inUse).map(({ sealed }) => sealed.kekId);
    await this.keks.refresh(needed);
    await this.run();
  }

  /** A KEK that this database meets for the first time. Verified as well: another replica may have met another one. */
  private async introduce(): Promise<void> {
    for (const sealed of await this.keks.wrap([KNOWN_TEXT])) {
      await this.checks.add(sealed);
      const all = await this.checks.all();
      await this.verify(
        all.filter((check) => check.sealed.kekId === sealed.kekId),
        sealed.kekId,
      );
    }
  }

  private async verify(checks: readonly KekCheck[], active: string): Promise<void> {
    const opened = await this.keks.unwrap(checks.map(({ sealed }) => sealed));
    for (const [index, { sealed, inUse }] of checks.entries()) {
      const verdict = verdictOn(opened[index]);
      if (verdict === 'wrong') throw kekWrong(sealed.kekId);
      // One that nothing depends on any more may go.
      if (verdict === 'gone' && (inUse || sealed.kekId === active)) throw kekLost(sealed.kekId);
    }
  }
}

function verdictOn(opened: Uint8Array | Refusal | undefined): 'right' | 'wrong' | 'gone' {
  if (opened === undefined || opened === 'kek-unknown') return 'gone';
  return opened !== 'kek-wrong' && Buffer.compare(opened, KNOWN_TEXT) === 0 ? 'right' : 'wrong';
}
