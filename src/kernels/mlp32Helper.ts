import { workerData } from 'node:worker_threads';
import type { Mlp32Help } from './mlp32Module';
import { instanceOf } from './simdInstance';

interface Assistant {
  readonly assist: (training: number) => void;
  readonly fail: (training: number) => void;
}

// A thread that takes part in a training until that is over.
const { compiled, memory, training }: Mlp32Help = workerData;
const { assist, fail } = instanceOf<Assistant>(compiled, memory);
try {
  assist(training);
} catch (failure) {
  fail(training);
  throw failure;
}
