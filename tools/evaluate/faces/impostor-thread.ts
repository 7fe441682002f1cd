// Started by compare-in-threads.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { compareImpostors } from '@absah/evaluation';
import type { ImpostorTask } from './compare-in-threads.js';

const { comparisons, capacity, share } = workerData as ImpostorTask;
parentPort?.postMessage(compareImpostors(comparisons, capacity, share));
