import { html } from './html.js';
import type { Markup } from './html.js';

export interface Axis {
  readonly label: string;
  /** From a value to 0 (left, bottom) … 1 (right, top). */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

const WIDTH = 720;
const HEIGHT = 400;
const FRAME = { left: 62, right: 24, top: 30, bottom: 48 };
const COLOURS = 6;

/** Curves in one frame, with a legend above it. */
export function plot(title: string, x: Axis, y: Axis, series: readonly Series[], mark?: number): Markup {
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
    ${x.ticks.map(({ value, label }) => verticalTick(toX(x.place(value)), label))}
    ${y.ticks.map(({ value, label }) => horizontalTick(toY(y.place(value)), label))}
    ${mark === undefined ? '' : markLine(toX(x.place(mark)))}
    ${series.map((one, index) => curve(one, x, y, index))}
    ${series.map((one, index) => legend(one.name, index, series.length))}
    <text x="${(WIDTH + FRAME.left) / 2}" y="${HEIGHT - 8}" text-anchor="middle">${x.label}</text>
    <text transform="rotate(-90)" x="${-HEIGHT / 2}" y="14" text-anchor="middle">${y.label}</text>
  </svg>`;
}

function toX(share: number): number {
  return FRAME.left + share * (WIDTH - FRAME.left - FRAME.right);
}

function toY(share: number): number {
  return HEIGHT - FRAME.bottom - share * (HEIGHT - FRAME.top - FRAME.bottom);
}

function verticalTick(x: number, label: string): Markup {
  return html`<line
      class="grid"
      x1="${short(x)}"
      x2="${short(x)}"
      y1="${FRAME.top}"
      y2="${HEIGHT - FRAME.bottom}"
    />
    <text x="${short(x)}" y="${HEIGHT - FRAME.bottom + 16}" text-anchor="middle">${label}</text>`;
}

function horizontalTick(y: number, label: string): Markup {
  return html`<line
      class="grid"
      x1="${FRAME.left}"
      x2="${WIDTH - FRAME.right}"
      y1="${short(y)}"
      y2="${short(y)}"
    />
    <text x="${FRAME.left - 6}" y="${short(y + 4)}" text-anchor="end">${label}</text>`;
}

function markLine(x: number): Markup {
  return html`<line
    class="mark"
    x1="${short(x)}"
    x2="${short(x)}"
    y1="${FRAME.top}"
    y2="${HEIGHT - FRAME.bottom}"
  />`;
}

function curve({ points }: Series, x: Axis, y: Axis, index: number): Markup {
  const places = points.map(
    ([a, b]) => `${short(toX(clamped(x.place(a))))},${short(toY(clamped(y.place(b))))}`,
  );
  return html`<polyline
    points="${places.join(' ')}"
    fill="none"
    stroke="var(--c${index % COLOURS})"
    stroke-width="1.8"
  /> `;
}

function legend(name: string, index: number, all: number): Markup {
  const left = FRAME.left + (index * (WIDTH - FRAME.left)) / all;
  return html`<rect x="${short(left)}" y="10" width="14" height="4" fill="var(--c${index % COLOURS})" />
    <text x="${short(left + 20)}" y="16">${name}</text>`;
}

function clamped(share: number): number {
  return Math.min(1, Math.max(0, share));
}

function short(value: number): string {
  return value.toFixed(1);
}
