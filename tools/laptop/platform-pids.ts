/** Of every process that works for the platform. */
export interface PlatformPids {
  readonly services: readonly number[];
  readonly broker: number;
  readonly database: number;
}

export function everyPid({ services, broker, database }: PlatformPids): readonly number[] {
  return [...services, broker, database];
}
