// Runs in a worker thread, because a model blocks the thread that runs it.
import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisModels } from '../pipeline/analyse-face.js';
import { analyseFace } from '../pipeline/analyse-face.js';
import { embedAlignedFace } from '../pipeline/embed-face.js';
import { ModelSession } from '../models/model-session.js';
import type { Task, TaskResult, WorkerMessage, WorkerSetup } from './worker-messages.js';

interface LoadedModels {
  readonly analysis?: AnalysisModels;
  readonly embed?: ModelSession;
}

async function load({ modelsDir, role }: WorkerSetup): Promise<LoadedModels> {
  return {
    ...(role !== 'embedding' && { analysis: await loadAnalysis(modelsDir) }),
    ...(role !== 'analysis' && { embed: await ModelSession.open(modelsDir, 'embed') }),
  };
}

async function loadAnalysis(modelsDir: string): Promise<AnalysisModels> {
  return {
    detect: await ModelSession.open(modelsDir, 'detect'),
    landmarks: await ModelSession.open(modelsDir, 'landmarks'),
    pose: await ModelSession.open(modelsDir, 'pose'),
    eye: await ModelSession.open(modelsDir, 'eye'),
    liveness: await ModelSession.open(modelsDir, 'liveness'),
  };
}

async function perform({ analysis, embed }: LoadedModels, task: Task): Promise<TaskResult> {
  if (task.kind === 'analyse' && analysis) return analyseFace(analysis, task.image);
  if (task.kind === 'embed' && embed) return embedAlignedFace(embed, task.alignedCrop);
  throw new Error(`this engine has no models to ${task.kind}`);
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message, message.kind === 'done' ? transferable(message.result) : []);
}

function transferable(result: TaskResult): ArrayBuffer[] {
  if ('template' in result) return [result.template.buffer as ArrayBuffer];
  return result.kind === 'face' ? [result.alignedCrop.buffer as ArrayBuffer] : [];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

try {
  const models = await load(workerData as WorkerSetup);
  parentPort?.on('message', (task: Task) => {
    perform(models, task).then(
      (result) => post({ kind: 'done', result }),
      (error: unknown) => post({ kind: 'failed', message: messageOf(error) }),
    );
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'start-failed', message: messageOf(error) });
}
