// Runs in a worker thread, because a model blocks the thread that runs it.
import { parentPort, workerData } from 'node:worker_threads';
import { analyseFace } from '../pipeline/analyse-face.js';
import { embedAlignedFace } from '../pipeline/embed-face.js';
import { giveBack } from '../pipeline/give-back.js';
import type { ModelChain } from '../pipeline/model-chain.js';
import { openModelChain } from '../pipeline/model-chain.js';
import { observeFace } from '../pipeline/observe-face.js';
import { observeFrame } from '../pipeline/observe-frame.js';
import type { Task, TaskResult, WorkerMessage, WorkerSetup } from './worker-messages.js';

async function perform(
  { manifest, analysis, embed }: ModelChain,
  { kind, bytes }: Task,
): Promise<TaskResult> {
  if (kind === 'embed' && embed) return embedAlignedFace(embed, manifest.modelChain, bytes);
  if (kind === 'analyse' && analysis) return analyseFace(analysis, manifest, bytes);
  if (kind === 'observe' && analysis) return observeFace(analysis, manifest, bytes);
  if (kind === 'observe-frame' && analysis && embed) return observeFrame(analysis, embed, manifest, bytes);
  throw new Error(`this engine has no models to ${kind}`);
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
  const { modelsDir, manifest, role } = workerData as WorkerSetup;
  const chain = await openModelChain(modelsDir, manifest, role);
  parentPort?.on('message', (task: Task) => {
    perform(chain, task)
      .then(
        (result) => post({ kind: 'done', result }),
        (error: unknown) => post({ kind: 'failed', message: messageOf(error) }),
      )
      .finally(() => giveBack(task.bytes));
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'start-failed', message: messageOf(error) });
}
