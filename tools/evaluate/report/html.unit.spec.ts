import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('escapes what comes from outside', () => {
    expect(html`<td title="${`"a'`}">${'<script>&'}</td>`.text).toBe(
      '<td title="&#34;a&#39;">&#60;script&#62;&#38;</td>',
    );
  });

  it('leaves markup as it is, alone or in a list', () => {
    const cells = [1, 2].map((value) => html`<td>${value}</td>`);
    expect(html`<b>${cells}</b>`.text).toBe('<b><td>1</td><td>2</td></b>');
    expect(html`<b>${html`<i>x</i>`}</b>`.text).toBe('<b><i>x</i></b>');
  });
});
