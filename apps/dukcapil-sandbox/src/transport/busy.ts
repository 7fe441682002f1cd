export const BUSY_RETRY_SECONDS = '1';
