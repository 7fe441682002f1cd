/** Research photographs that may not be part of the repository; named by whoever has them. */
export function datasetsDir(): string | undefined {
  return process.env['ABSAH_DATASETS'];
}
