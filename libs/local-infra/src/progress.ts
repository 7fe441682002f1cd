/** Told about every step that may take seconds, so that a launcher can show what it waits for. */
export type Progress = (step: string, detail?: string) => void;

export const silent: Progress = () => {};
