import type { ReportDocument, Section, Table } from './document.js';
import { Markup, html } from './html.js';

// Nothing is loaded from anywhere: the report is read where there is no network.
const STYLE = new Markup(`
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fff; --faint: #5c6b7a; --line: #d5dce3;
  --c0: #0b62a4; --c1: #c2410c; --c2: #15803d; --c3: #7c3aed; --c4: #a16207; --c5: #be185d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e9ef; --paper: #14191f; --faint: #9aa8b5; --line: #36414c;
  --c0: #5cb3f5; --c1: #fb923c; --c2: #4ade80; --c3: #b794f6; --c4: #facc15; --c5: #f472b6; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
p { max-width: 46rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
th { color: var(--faint); font-weight: 600; }
svg { width: 100%; max-width: 46rem; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--faint); } svg .grid { stroke: var(--line); } svg .mark { stroke: var(--faint); stroke-dasharray: 4 3; }
@media print { body { margin: 0; max-width: none; } section { break-inside: avoid; } }
`);

/** A page on its own: light and dark, on screen and on paper. */
export function reportPage({ title, sections }: ReportDocument): string {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <style>
        ${STYLE}
      </style>
      <main>
        <h1>${title}</h1>
        ${sections.map(sectionMarkup)}
      </main>
    </html> `.text;
}

function sectionMarkup({ heading, paragraphs = [], table, chart }: Section): Markup {
  return html`<section>
    <h2>${heading}</h2>
    ${paragraphs.map((text) => html`<p>${text}</p> `)}${table ? tableMarkup(table) : ''}${chart ?? ''}
  </section> `;
}

function tableMarkup({ head, rows }: Table): Markup {
  return html`<div class="wide">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
