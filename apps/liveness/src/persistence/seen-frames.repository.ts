import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SeenFrames } from '../application/ports.js';

@Injectable()
export class SeenFramesRepository extends SeenFrames {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async claim(captureId: string, digests: readonly Uint8Array[]): Promise<boolean> {
    // In one order everywhere: two captures that claim the same frames would else wait for each other.
    const ordered = [...digests].sort((a, b) => Buffer.compare(a, b));
    await this.dataSource.query(
      `INSERT INTO seen_frames (digest, capture_id) SELECT unnest($2::bytea[]), $1
       ON CONFLICT DO NOTHING`,
      [captureId, ordered],
    );
    const others = await this.dataSource.query<unknown[]>(
      'SELECT 1 FROM seen_frames WHERE digest = ANY($2::bytea[]) AND capture_id <> $1 LIMIT 1',
      [captureId, ordered],
    );
    return others.length === 0;
  }

  async forget(olderThanDays: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM seen_frames WHERE seen_at < now() - make_interval(days => $1::int)',
      [olderThanDays],
    );
    return count;
  }
}
