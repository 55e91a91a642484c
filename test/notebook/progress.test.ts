import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { displayWith } from '../../src/notebook/display';
import type { DisplayMessage } from '../../src/notebook/kernel';
import { progress } from '../../src/notebook/progress';

/** A clock that stands until it is moved. */
function fakeClock(t: TestContext): { move(ms: number): void } {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  return {
    move(ms) {
      now += ms;
    },
  };
}

/** What is printed meanwhile, to a terminal or to a file. */
function printed(t: TestContext, isTTY: boolean, work: () => void): string[] {
  const written: string[] = [];
  const before = Object.getOwnPropertyDescriptor(process.stdout, 'isTTY');
  Object.defineProperty(process.stdout, 'isTTY', { configurable: true, value: isTTY });
  const { mock } = t.mock.method(process.stdout, 'write', (text: string) => {
    written.push(text);
    return true;
  });
  try {
    work();
  } finally {
    mock.restore();
    if (before) Object.defineProperty(process.stdout, 'isTTY', before);
    else Reflect.deleteProperty(process.stdout, 'isTTY');
  }
  return written;
}

const step = (done: number, total: number): Parameters<ReturnType<typeof progress>['onProgress']>[0] => ({
  task: 'Training',
  done,
  total,
  unit: 'epochs',
  value: { name: 'loss', number: 1 / (1 + done) },
});

test('in a terminal one line rewrites itself, ten times a second, with the time left and the falling loss', t => {
  const clock = fakeClock(t);
  const lines = printed(t, true, () => {
    const { onProgress } = progress();
    for (let done = 1; done <= 10_000; done++) {
      clock.move(1);
      onProgress(step(done, 10_000));
    }
  });
  assert.ok(lines.length > 90 && lines.length <= 101, String(lines.length));
  assert.ok(lines.every(line => line.startsWith('\r\x1b[KTraining: ')));
  assert.deepEqual(
    lines.map(line => line.endsWith('\n')),
    lines.map((_, i) => i === lines.length - 1),
  );
  const half = lines.find(line => line.includes('5\u202F001 of'));
  assert.match(half ?? lines.slice(48, 52).join(), /loss 0\.0002 · 5\.0 s left$/);
  assert.match(lines.at(-1) ?? '', /10.000 of 10.000 epochs · loss 0\.0001 · done in 10 s\n$/);
});

test('an hour long task says how long from its fourth second on', t => {
  const clock = fakeClock(t);
  const lines = printed(t, true, () => {
    const { onProgress } = progress();
    for (let done = 1; done <= 10; done++) {
      clock.move(1000);
      onProgress(step(done, 3600));
    }
  });
  assert.deepEqual(
    lines.map(line => / left$/.test(line)),
    lines.map((_, i) => i > 2),
  );
  assert.match(lines[3], /loss 0\.2 · 60 min left$/);
});

test('a line wider than the terminal is cut, or the next one could not take its place', t => {
  const clock = fakeClock(t);
  const before = process.stdout.columns;
  process.stdout.columns = 30;
  const [line] = printed(t, true, () => {
    clock.move(1);
    progress('A name that is far too long for it').onProgress(step(1, 2));
  });
  process.stdout.columns = before;
  assert.equal(line, '\r\x1b[KA name that is far too long …');
});

test('in a log a line every three seconds and a last one', t => {
  const clock = fakeClock(t);
  const lines = printed(t, false, () => {
    const { onProgress } = progress('Logged');
    for (let done = 1; done <= 10_000; done++) {
      clock.move(1);
      onProgress(step(done, 10_000));
    }
  });
  assert.equal(lines.length, 5);
  assert.ok(lines.every(line => /^Logged: .*[^\r]\n$/.test(line)));
});

test('a task that begins again with the same options has a clock of its own', t => {
  const clock = fakeClock(t);
  const lines = printed(t, true, () => {
    const { onProgress } = progress();
    for (let round = 0; round < 2; round++) {
      for (let done = 1; done <= 100; done++) {
        clock.move(100);
        onProgress(step(done, 100));
      }
    }
  });
  assert.equal(
    lines.filter(line => /100 of 100 epochs .* done in (9\.9|10\.0|10) s\n$/.test(line)).length,
    2,
  );
});

test('updates of a display leave ten times a second at most, and the last one always', t => {
  const clock = fakeClock(t);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const sent: { at: number; message: DisplayMessage; update: boolean }[] = [];
  let at = 0;
  const write = (message: DisplayMessage, update: boolean): void => {
    sent.push({ at, message, update });
  };
  const bundle = (text: string) => ({ 'text/plain': text });
  displayWith(write, bundle('first'), { id: 'slot' });
  for (let i = 1; i <= 2500; i++) {
    at++;
    clock.move(1);
    t.mock.timers.tick(1);
    displayWith(write, bundle(String(i)), { id: 'slot', update: true });
  }
  clock.move(200);
  at += 200;
  t.mock.timers.tick(200);
  assert.deepEqual(
    sent.map(({ update }) => update),
    sent.map((_, i) => i > 0),
  );
  sent.slice(1).forEach((each, i) => {
    assert.ok(each.at - sent[i].at >= 100, `${sent[i].at}, ${each.at}`);
  });
  assert.equal(sent.at(-1)?.message.data['text/plain'], '2500');
});

test('a process that fails or leaves in the middle says so of its tasks', () => {
  const room = join(__dirname, '..', '..', 'src', 'notebook', 'progress');
  for (const isTTY of [true, false]) {
    for (const [end, code] of [
      ['throw new Error("no luck")', 1],
      ['process.exit(3)', 3],
      ['', 0],
    ] as const) {
      const script = `process.stdout.isTTY = ${isTTY};
const { onProgress } = require(${JSON.stringify(room)}).progress('Half');
onProgress({ task: 'x', done: 1, total: 2, unit: 'steps' });
${end}`;
      const { stdout, status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
      assert.equal(status, code, stderr);
      assert.match(stdout, /Half: 1 of 2 steps · [a-z, ]+ after \d\.\d s\n$/);
      assert.equal(stdout.includes('stopped after'), code !== 0);
      assert.equal(stdout.includes('\r'), isTTY);
    }
  }
});
