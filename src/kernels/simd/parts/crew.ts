// Threads that share the pieces of one job after another. The thread that gives the jobs works with the others, so that a job is
// never held up by one that is late: pieces that nobody else has begun, it does itself. It begins with the first piece, they with
// the last: where the pieces of two jobs stand for the same memory, that mostly stays with the same thread, and in its cache.

/** Looks at a number that another thread will change before a thread goes to sleep for it: less than a millisecond, more than most pauses between jobs. */
const LOOKS: i32 = 400000;
/** Nanoseconds for which the giver of a job sleeps before it looks again. */
const NAP: i64 = 100000;
/** Far below what pieces that are done after it can make up for. */
const FAILED: i32 = -0x40000000;

/** Pieces of a job that a ticket can count. */
export const MOST_COUNTED: usize = 0xffff;

/** Numbers that different threads write lie 64 bytes apart, so that no thread waits for another's. */
@unmanaged
export class Crew {
  /** Number of the job, end and start of the pieces that are left: 32, 16 and 16 bits. One word, so that a piece of one job is never taken for another's. */
  ticket: i64;
  /** What the job is, for those who do it. */
  kind: i32;
  /** Threads besides the one that gives the jobs. */
  helpers: i32;
  isOver: i32;
  gap1: v128;
  gap2: v128;
  gap3: v128;
  /** Pieces that are done; negative where one failed. */
  done: i32;
  gap4: v128;
  gap5: v128;
  gap6: v128;
  /** Helpers that sleep, or are about to. */
  asleep: i32;

  /** Gives a job; the one before must be done. */
  publish(kind: i32, pieces: i32): void {
    this.kind = kind;
    atomic.store<i32>(this.at() + offsetof<Crew>('done'), 0);
    const job = (atomic.load<i64>(this.at()) >>> 32) + 1;
    atomic.store<i64>(this.at(), (job << 32) | ((<i64>pieces) << 16));
    // Who falls asleep after this look finds the new ticket first. Waking is slow, so it is not done in vain.
    if (atomic.load<i32>(this.at() + offsetof<Crew>('asleep')) > 0) atomic.notify(this.at(), -1);
  }

  /** The first piece of the job that is left; -1 where none is. */
  first(): i32 {
    while (true) {
      const ticket = atomic.load<i64>(this.at());
      const start = <i32>(ticket & 0xffff);
      if (start >= <i32>((ticket >>> 16) & 0xffff)) return -1;
      if (atomic.cmpxchg<i64>(this.at(), ticket, ticket + 1) === ticket) return start;
    }
  }

  /** The last piece that is left of this job or of a later one; -1 when all is over. */
  last(): i32 {
    let looks = LOOKS;
    let known: i64 = -1;
    while (true) {
      const ticket = atomic.load<i64>(this.at());
      const end = <i32>((ticket >>> 16) & 0xffff);
      if (<i32>(ticket & 0xffff) < end) {
        if (atomic.cmpxchg<i64>(this.at(), ticket, ticket - 0x10000) === ticket) return end - 1;
      } else if (ticket !== known) {
        if (atomic.load<i32>(this.at() + offsetof<Crew>('isOver')) !== 0) return -1;
        known = ticket;
        looks = LOOKS;
      } else if (--looks === 0) {
        atomic.add<i32>(this.at() + offsetof<Crew>('asleep'), 1);
        atomic.wait<i64>(this.at(), ticket, -1);
        atomic.sub<i32>(this.at() + offsetof<Crew>('asleep'), 1);
        looks = LOOKS;
      }
    }
  }

  /** A piece is done. */
  finish(): void {
    atomic.add<i32>(this.at() + offsetof<Crew>('done'), 1);
  }

  /** A piece that a helper began will never be done: who waits for it fails as well, where it would wait for ever. */
  fail(): void {
    atomic.store<i32>(this.at() + offsetof<Crew>('done'), FAILED);
  }

  /** Until all pieces are done. */
  join(pieces: i32): void {
    const at = this.at() + offsetof<Crew>('done');
    let looks = LOOKS;
    while (true) {
      const done = atomic.load<i32>(at);
      if (done === pieces) return;
      if (done < 0) unreachable();
      if (--looks <= 0) atomic.wait<i32>(at, done, NAP);
    }
  }

  /** Sends the helpers away. */
  dismiss(): void {
    atomic.store<i32>(this.at() + offsetof<Crew>('isOver'), 1);
    this.publish(0, 0);
  }

  private at(): usize {
    return changetype<usize>(this);
  }
}
