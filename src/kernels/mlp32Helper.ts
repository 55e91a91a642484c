import { workerData } from 'node:worker_threads';
import type { Mlp32Help } from './mlp32Module';
import { instanceOf } from './simdInstance';

// A thread that takes part in a training until that is over.
const { compiled, memory, training }: Mlp32Help = workerData;
instanceOf<{ assist(training: number): void }>(compiled, memory).assist(training);
