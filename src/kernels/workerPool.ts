/** Runs tasks on threads of their own. */
export interface WorkerPool<Task, Answer = void> {
  /** Resolves to what the worker's function returned when the task is done. A task that failed or whose worker died is run again, `ATTEMPTS` times in all. */
  run(task: Task): Promise<Answer>;
  /** Ends all workers, whatever they do, and resolves when none is left. Their tasks are rejected. */
  close(): Promise<void>;
}

/** Two workers may die at once and take a task with them one after the other. */
export const ATTEMPTS = 3;
/** Tasks that a worker holds, so that it need not wait while this thread is busy. */
export const TASKS_PER_WORKER = 2;

/**
 * @param file compiled module of the workers
 * @param name its exported function that does a task; what it returns is copied, so tasks with large answers carry shared arrays
 * @param tasksPerWorker that a worker holds at once; 1 where tasks are long
 */
export async function createWorkerPool<Task, Answer = void>(
  file: string,
  name: string,
  workers: number,
  tasksPerWorker: number = TASKS_PER_WORKER,
): Promise<WorkerPool<Task, Answer>> {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<Task, Answer>({
    filename: file,
    name,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: tasksPerWorker,
    // Whatever this process preloads (a notebook kernel, a test runner) is no business of the workers.
    execArgv: [],
  });
  // A worker that dies without a task is replaced; nothing is lost.
  pool.on('error', () => {});
  let isClosed = false;
  /** Takes a task back out of the queue. */
  const waiting = new Set<AbortController>();
  pool.on('workerDestroy', () => {
    // piscina replaces no worker after one that died before it was ready, and its tasks would wait for ever.
    queueMicrotask(() => {
      if (isClosed || pool.threads.length > 0) return;
      for (const task of waiting) task.abort();
    });
  });
  const attempt = async (task: Task): Promise<Answer> => {
    const back = new AbortController();
    waiting.add(back);
    try {
      return await pool.run(task, { signal: back.signal });
    } catch (failure) {
      throw back.signal.aborted ? new Error('no worker is left, and none could be started') : failure;
    } finally {
      waiting.delete(back);
    }
  };
  return {
    async run(task) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(task);
        } catch (failure) {
          if (isClosed || tries === ATTEMPTS) throw failure;
        }
      }
    },
    async close() {
      isClosed = true;
      await pool.destroy();
    },
  };
}
