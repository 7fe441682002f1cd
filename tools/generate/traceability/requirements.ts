export interface Requirement {
  readonly id: string;
  readonly demand: string;
}

const ROW = /^\| *([VQGBAU]\d{1,2}) *\| *(.+?) *\|/;

/** The rows of docs/requirements.md. */
export function parseRequirements(markdown: string): readonly Requirement[] {
  return markdown.split('\n').flatMap((line) => {
    const [, id, demand] = ROW.exec(line) ?? [];
    return id && demand ? [{ id, demand }] : [];
  });
}
