/**
 * One round trip: answer a repeated request, else take the lowest free slot and write its pending
 * entry. A slot that a running transaction takes is waited for, not refused; if it commits, the
 * statement takes nothing and is run again with a fresh snapshot.
 *
 * $1 scope · $2 scope key · $3 case · $4 round · $5 reservation · $6 subject · $7 minutes
 */
export const RESERVE = `
  WITH answered AS (
    SELECT 1 FROM ledger_entries WHERE case_id = $3 AND round = $4
    UNION ALL
    SELECT 1 FROM refusals WHERE case_id = $3
  ), holdings AS (
    SELECT coalesce(array_agg(slot_number), '{}') AS held FROM slots WHERE scope = $1 AND scope_key = $2
  ), policy AS (
    SELECT cap FROM cap_policies WHERE scope = $1
  ), free AS (
    SELECT number FROM policy, holdings, generate_series(1, policy.cap) AS number
    WHERE number <> ALL (held) AND NOT EXISTS (SELECT FROM answered)
    ORDER BY number LIMIT 1
  ), taken AS (
    INSERT INTO slots (scope, scope_key, slot_number, reservation_id, case_id, round, subject_ref, state, expires_at)
    SELECT $1, $2, number, $5, $3, $4, $6, 'pending', now() + make_interval(mins => $7) FROM free
    ON CONFLICT DO NOTHING
    RETURNING slot_number, expires_at
  ), entry AS (
    INSERT INTO ledger_entries (transfer_id, kind, subject_ref, scope, slot_number, case_id, round)
    SELECT $5, 'pending', $6, $1, slot_number, $3, $4 FROM taken
  )
  SELECT policy.cap, holdings.held, taken.slot_number, taken.expires_at,
         EXISTS (SELECT FROM answered) AS answered_before
  FROM policy CROSS JOIN holdings LEFT JOIN taken ON true`;
