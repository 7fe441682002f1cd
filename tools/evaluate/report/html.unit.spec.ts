import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes what comes from outside', () => {
    expect(html`<td title="${`"a'`}">${'<script>&'}</td>`.text).toBe(
      '<td title="&#34;a&#39;">&#60;script&#62;&#38;</td>',
    );
  });

  it('leaves markup as it is, alone or in a list', () => {
    expect(
      html`<tr>
          ${[html`<td>${1}</td>`, html`<td>${2}</td>`]}
        </tr>
        ${html`<hr />`}`.text,
    ).toBe('<tr><td>1</td><td>2</td></tr><hr />');
  });
});
