import { describe, expect, it } from '@jest/globals';
import { blindSpots } from './searched-places.js';

const needle = 'case id';
const found = {
  inFiles: [
    'nats/jetstream/$G/streams/EVENTS/msgs/7.blk',
    'postgres/cluster/base/16384/16501',
    'postgres/cluster/pg_wal/000000010000000000000001',
    'logs/liveness.log',
  ].map((place) => ({ needle, place })),
  inRows: [
    'capture_intake.public.cases',
    'ikd_gateway.public.registry_accesses',
    'audit.public.log_entries',
    'liveness.public.inbox',
  ].map((place) => ({ needle, place })),
};

describe('blindSpots', () => {
  it('are none when the search saw every place', () => {
    expect(blindSpots(found)).toEqual([]);
  });

  it.each([
    ['the stream of events', 0],
    ['tables on disk', 1],
    ['the journal of the database', 2],
    ['logs', 3],
  ])('%s', (spot, index) => {
    expect(blindSpots({ ...found, inFiles: found.inFiles.toSpliced(index, 1) })).toEqual([spot]);
  });

  it('a table', () => {
    expect(blindSpots({ ...found, inRows: found.inRows.slice(1) })).toEqual(['capture_intake.public.cases']);
  });
});
