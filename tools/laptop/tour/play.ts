import type { VerificationView } from '@absah/contracts';
import { syntheticMsisdn } from '../synthetic-numbers.js';
import type { AuditorDesk, TrailEntry } from './auditor-desk.js';
import type { Cast } from './cast.js';
import type { OperatorApp } from './operator-app.js';
import type { RegistryDesk } from './registry-desk.js';
import { isAsExpected, SCENES, type Scene } from './scenes.js';

export interface PlayedScene {
  readonly scene: Scene;
  readonly view: VerificationView;
  /** From sending the request to reading the decision. */
  readonly totalMs: number;
  readonly asExpected: boolean;
  /** What followed an activation. */
  readonly aftermath?: Aftermath;
}

interface Aftermath {
  /** Numbers that the registry holds for her after this one. */
  readonly numbersAtRegistry: number;
  readonly trail: readonly TrailEntry[];
}

export interface Desks {
  readonly app: OperatorApp;
  readonly registry: RegistryDesk;
  readonly auditor: AuditorDesk;
}

const AFTERMATH_WITHIN_MS = 10_000;
const POLL_MS = 50;

export async function playTour(
  desks: Desks,
  cast: Cast,
  announce: (played: PlayedScene) => void,
): Promise<readonly PlayedScene[]> {
  const played: PlayedScene[] = [];
  for (const scene of SCENES) {
    const result = await play(scene, desks, cast);
    announce(result);
    played.push(result);
  }
  return played;
}

async function play(scene: Scene, desks: Desks, cast: Cast): Promise<PlayedScene> {
  const nik = scene.nik(cast);
  const startedAt = performance.now();
  const frames = scene.burst?.(cast);
  const view = await desks.app.verify({
    nik,
    msisdn: syntheticMsisdn(),
    image: scene.image(cast),
    ...(frames && { frames }),
  });
  const totalMs = performance.now() - startedAt;
  const asExpected = isAsExpected(scene, view);
  if (!scene.activate || !asExpected) return { scene, view, totalMs, asExpected };
  return { scene, view, totalMs, ...(await register(view.id, nik, desks)) };
}

/** Activates the SIM and waits until the registry has the number and the log has the whole story. */
async function register(caseId: string, nik: string, { app, registry, auditor }: Desks) {
  const before = await registry.numbersOf(nik);
  const { status } = await app.activate(caseId);
  const deadline = performance.now() + AFTERMATH_WITHIN_MS;
  let numbersAtRegistry = before;
  let trail: readonly TrailEntry[] = [];
  while (performance.now() < deadline) {
    [numbersAtRegistry, trail] = await Promise.all([registry.numbersOf(nik), auditor.trailOf(caseId)]);
    if (numbersAtRegistry > before && trail.some(({ event }) => event === 'RecordAcceptedV1')) break;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const recorded = trail.some(({ event }) => event === 'RecordAcceptedV1');
  const asExpected = status === 'activated' && numbersAtRegistry === before + 1 && recorded;
  return { asExpected, aftermath: { numbersAtRegistry, trail } };
}
