/** As a process gets it; a text for each name, or none. */
export type Environment = Readonly<Record<string, string | undefined>>;
