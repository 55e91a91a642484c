import { StringDecoder } from 'node:string_decoder';
import { onCellEnd } from './kernel';

type Write = (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;

interface Stream {
  readonly stream: NodeJS.WriteStream;
  readonly decoder: StringDecoder;
  target: Write;
}

/**
 * tslab sends one message a print, and beyond a thousand messages in a burst the frontend loses lines and the news that
 * the cell is done. So prints are gathered: they leave together at the end of the running turn while messages are few,
 * every 50 ms when they are many, at 64 kB, before a display, and at the end of the cell.
 */
const GATHER_MS = 50;
const GATHER_CHARACTERS = 65_536;
/** Messages that may leave at once, and how many are earned back each second. */
const BURST = 100;
const EARNED_PER_SECOND = 20;

const streams: Stream[] = [];
const gathered: { from: Stream; text: string }[] = [];
const dropped = new Set<string>();
let size = 0;
let allowance = BURST;
let allowanceAt = 0;
let isDue = false;
let timer: NodeJS.Timeout | null = null;

/** Takes over `process.stdout.write` and `process.stderr.write`, with accessors, because tslab assigns them at every cell. */
export function gatherStreams(): void {
  if (streams.length > 0) return;
  for (const stream of [process.stdout, process.stderr]) gatherStream(stream);
  onCellEnd(flushStreams);
}

/** Sends what was gathered. */
export function flushStreams(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  size = 0;
  for (const { from, text } of gathered.splice(0)) from.target(text);
}

/** The next print of exactly this line is dropped: how a value that shows itself hides its stand-in. */
export function dropLine(line: string): void {
  dropped.add(`${line}\n`);
}

function gatherStream(stream: NodeJS.WriteStream): void {
  const original = stream.write as Write;
  const own: Stream = { stream, decoder: new StringDecoder('utf8'), target: original.bind(stream) };
  const write: Write = (chunk, ...rest) => {
    const callback = rest.find(argument => typeof argument === 'function') as (() => void) | undefined;
    gather(own, typeof chunk === 'string' ? chunk : own.decoder.write(Buffer.from(chunk)));
    // tslab never calls it, and code that waits for it would hang.
    if (callback !== undefined) process.nextTick(callback);
    return true;
  };
  Object.defineProperty(stream, 'write', {
    configurable: true,
    get: () => write,
    set: (target: Write) => {
      flushStreams();
      own.target = target;
    },
  });
  streams.push(own);
}

function gather(from: Stream, text: string): void {
  if (dropped.delete(text) || text === '') return;
  const last = gathered.at(-1);
  if (last?.from === from) last.text += text;
  else gathered.push({ from, text });
  size += text.length;
  if (size >= GATHER_CHARACTERS) flushStreams();
  else if (!isDue && timer === null) {
    isDue = true;
    queueMicrotask(flushSoon);
  }
}

function flushSoon(): void {
  isDue = false;
  const now = performance.now();
  allowance = Math.min(BURST, allowance + ((now - allowanceAt) / 1000) * EARNED_PER_SECOND);
  allowanceAt = now;
  if (allowance >= 1) {
    allowance--;
    flushStreams();
  } else {
    timer ??= setTimeout(flushStreams, GATHER_MS).unref();
  }
}
