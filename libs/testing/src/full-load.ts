/** Whether tests under load run at their full size, which takes minutes: `ABSAH_FULL_LOAD=1 npm test -- …`. */
export function isFullLoad(): boolean {
  return process.env['ABSAH_FULL_LOAD'] === '1';
}
