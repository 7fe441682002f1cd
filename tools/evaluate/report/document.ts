import type { Markup } from './html.js';

/** A report before it is printed or made a page. */
export interface ReportDocument {
  readonly title: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly heading: string;
  readonly paragraphs?: readonly string[];
  readonly table?: Table;
  /** Pages only. */
  readonly chart?: Markup;
  /** Too long to print; pages only. */
  readonly onPageOnly?: boolean;
}

/** The first column names the row; the others hold figures. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
