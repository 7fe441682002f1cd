/** Any constant: the replicas of this service take turns on it, each until its transaction ends. */
export const ONE_WRITER = 'SELECT pg_advisory_xact_lock(4162)';

/** $1 message ids. Run after the lock: a statement sees what was committed before it began. */
export const STATE = `
  SELECT coalesce(head.size, 0) AS size, coalesce(head.peaks, '') AS peaks,
         ARRAY(SELECT message_id FROM log_entries WHERE message_id = ANY ($1::text[])) AS known
  FROM (SELECT 1) AS always LEFT JOIN (
    SELECT size, peaks FROM tree_heads ORDER BY size DESC LIMIT 1
  ) AS head ON true`;

/** $1 message ids. */
export const UNRECORDED = `
  SELECT message_id FROM unnest($1::text[]) AS asked (message_id)
  WHERE NOT EXISTS (SELECT 1 FROM log_entries AS entry WHERE entry.message_id = asked.message_id)`;

/**
 * Entries, completed subtrees and the new head in one round trip.
 *
 * $1 first position · $2 message ids · $3 subjects · $4 cases · $5 subject refs · $6 times · $7 payloads ·
 * $8 leaf hashes · $9 subtree levels · $10 subtree indexes · $11 subtree hashes · $12 size · $13 root · $14 peaks
 */
export const APPEND = `
  WITH entries AS (
    INSERT INTO log_entries (position, message_id, subject, case_id, subject_ref, occurred_at, payload, leaf_hash)
    SELECT $1::bigint + place - 1, message_id, subject, case_id, subject_ref, occurred_at, payload, leaf_hash
    FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::bytea[])
      WITH ORDINALITY AS new (message_id, subject, case_id, subject_ref, occurred_at, payload, leaf_hash, place)
  ), subtrees AS (
    INSERT INTO subtree_hashes (level, index, hash)
    SELECT * FROM unnest($9::smallint[], $10::bigint[], $11::bytea[])
  )
  INSERT INTO tree_heads (size, root_hash, peaks) VALUES ($12, $13, $14)`;
