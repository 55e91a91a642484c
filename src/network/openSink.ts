import { folderSink } from './folderSink';
import type { IterateSink, SinkPlan } from './iterateSink';
import { memorySink } from './memorySink';
import { type MemoryOptions, recordingRoom } from './recordingOptions';

/**
 * Room for a run's iterates, in memory or, where the options name a folder, on disk.
 *
 * @throws TypeError, RangeError for bad options; RangeError when the run does not fit; Error when the folder cannot be used
 */
export async function openSink(plan: SinkPlan, options: MemoryOptions): Promise<IterateSink> {
  const room = recordingRoom(plan.network, options, plan.settings.engine);
  return room.store === null ? memorySink(plan, room) : folderSink(plan, room, room.store);
}
