const RESOLVED = `
  SELECT reservation_id, case_id, subject_ref, slot_number FROM resolved`;

/** $1 case. Waits for an expiry that is under way and then finds nothing to post. */
export const POST = `
  WITH resolved AS (
    UPDATE slots SET state = 'posted', expires_at = NULL
    WHERE case_id = $1 AND state = 'pending'
    RETURNING *
  ), entry AS (
    INSERT INTO ledger_entries (transfer_id, kind, subject_ref, scope, slot_number, case_id, round)
    SELECT reservation_id, 'posted', subject_ref, scope, slot_number, case_id, round FROM resolved
  )
  ${RESOLVED}`;

/** $1 limit, $2 grace in milliseconds. Rows that another replica or an activation holds are left to it. */
export const RELEASE_EXPIRED = `
  WITH due AS (
    SELECT reservation_id FROM slots
    WHERE state = 'pending' AND expires_at <= now() - $2 * interval '1 millisecond'
    ORDER BY expires_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  ), resolved AS (
    DELETE FROM slots USING due WHERE slots.reservation_id = due.reservation_id
    RETURNING slots.*
  ), entry AS (
    INSERT INTO ledger_entries (transfer_id, kind, subject_ref, scope, slot_number, case_id, round)
    SELECT reservation_id, 'released', subject_ref, scope, slot_number, case_id, round FROM resolved
  )
  ${RESOLVED}`;

/** $1 case. */
export const HISTORY = `
  SELECT EXISTS (SELECT FROM refusals WHERE case_id = $1) AS refused,
         coalesce(
           (SELECT json_agg(json_build_object('round', round, 'kind', kind)) FROM ledger_entries WHERE case_id = $1),
           '[]'
         ) AS entries`;
