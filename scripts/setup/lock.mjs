import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 5_000;
const SILENCE_MS = 60_000;
const POLL_MS = 250;

/**
 * Runs `task` while holding the lock `file`. Waits while a living process holds it, after telling
 * `onWait` that holder's process number once, and takes it from a dead one.
 */
export async function withLock(file, task, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  await acquire(file, onWait);
  const release = () => rmSync(file, { force: true });
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  process.once('exit', release);
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

async function acquire(file, onWait) {
  let told = false;
  while (!tryToAcquire(file)) {
    const holder = read(file);
    if (holder === undefined) continue;
    if (isDead(file, holder)) {
      takeAway(file, holder);
      continue;
    }
    if (!told) onWait(parse(holder).pid);
    told = true;
    await sleep(POLL_MS);
  }
}

/** Linking a file that is already written is atomic: the lock never exists without its holder's name. */
function tryToAcquire(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, host: hostname() }));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Dead: its process is gone, or (on another host, or its number used again) its heartbeat has stopped. */
function isDead(file, holder) {
  const { pid, host } = parse(holder);
  if (host === hostname() && !isAlive(pid)) return true;
  const lastBeat = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  return Date.now() - lastBeat > SILENCE_MS;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Renaming lets only one of several waiters remove a dead lock; who got a fresh one instead puts it back. */
function takeAway(file, holder) {
  const taken = `${file}.taken.${process.pid}`;
  try {
    renameSync(file, taken);
    if (read(taken) !== holder) linkSync(taken, file);
  } catch {
    // Another waiter was faster.
  } finally {
    rmSync(taken, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(holder) {
  try {
    return JSON.parse(holder);
  } catch {
    return {};
  }
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // The folder was deleted under a running set-up; the step at work will fail and say so.
  }
}
