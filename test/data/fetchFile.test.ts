import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Progress } from '../../src/core/longRun';
import { fetchFile } from '../../src/data/fetchFile';
import type { DataFile } from '../../src/data/manifest';

const content = Buffer.from(Array.from({ length: 100_000 }, (_, i) => i % 251));
const half = content.length / 2;
const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const folders: string[] = [];
const servers: Server[] = [];
after(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'legcnet-fetch-'));
  folders.push(folder);
  return folder;
}

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A server on the loopback that notes the range each request asked for. */
async function serve(
  handler: Handler,
): Promise<{ address: string; ranges: (string | undefined)[]; server: Server }> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    handler(request, response, ranges.length);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bin`, ranges, server };
}

function entry(...addresses: string[]): DataFile {
  return {
    name: 'set/file.bin',
    addresses,
    bytes: content.length,
    sha256: sum(content),
    licence: 'none',
    citation: 'none',
    columns: [],
  };
}

const whole: Handler = (_, response) => response.end(content);

/** Answers a range with 206, as most file servers do. */
const ranged: Handler = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start === 0) return response.end(content);
  response.writeHead(206, { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` });
  return response.end(content.subarray(start));
};

/** Sends the first half of what it announces, then, when even a busy client has read it, breaks the connection. */
const cut: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, half), () => setTimeout(() => response.destroy(), 500));
};

/** Options that never look at this computer's own cache or mirror. */
const isolated = (cache: string): { cache: string; mirror: string } => ({
  cache,
  mirror: join(cache, 'no-mirror'),
});

test('a file is downloaded once, checked, and found in the cache afterwards', async () => {
  const cache = newFolder();
  const { address, ranges } = await serve(whole);
  const first = await fetchFile(entry(address), isolated(cache));
  assert.equal(first.origin, 'download');
  assert.equal(first.path, join(cache, 'set', 'file.bin'));
  assert.deepEqual(Buffer.from(first.bytes), content);
  const second = await fetchFile(entry(address), isolated(cache));
  assert.equal(second.origin, 'cache');
  assert.deepEqual(readFileSync(second.path), content);
  assert.deepEqual(ranges, [undefined]);
  assert.deepEqual(readdirSync(join(cache, 'set')), ['file.bin']);
});

test('a cut connection is taken up where it broke', async () => {
  const cache = newFolder();
  const { address, ranges } = await serve((request, response, count) =>
    (count === 1 ? cut : ranged)(request, response, count),
  );
  const { bytes } = await fetchFile(entry(address), isolated(cache));
  assert.deepEqual(Buffer.from(bytes), content);
  assert.deepEqual(ranges, [undefined, `bytes=${half}-`]);
});

test('a server that ignores ranges makes the download start anew', async () => {
  const cache = newFolder();
  const { address, ranges } = await serve((request, response, count) =>
    (count === 1 ? cut : whole)(request, response, count),
  );
  const { bytes } = await fetchFile(entry(address), isolated(cache));
  assert.deepEqual(Buffer.from(bytes), content);
  assert.equal(ranges.length, 2);
});

test('a server that refuses the range (416) or answers another one makes the download start anew', async () => {
  const refuse: Handler = (_, response) => response.writeHead(416).end();
  const another: Handler = (_, response) =>
    response.writeHead(206, { 'content-range': `bytes 0-9/${content.length}` }).end(content.subarray(0, 10));
  for (const odd of [refuse, another]) {
    const { address, ranges } = await serve((request, response, count) =>
      [cut, odd, whole][count - 1](request, response, count),
    );
    const { bytes } = await fetchFile(entry(address), isolated(newFolder()));
    assert.deepEqual(Buffer.from(bytes), content);
    assert.deepEqual(ranges, [undefined, `bytes=${half}-`, undefined]);
  }
});

test('what a failed call downloaded is used by the next call', async () => {
  const cache = newFolder();
  const broken = await serve((request, response, count) =>
    count === 1 ? cut(request, response, count) : response.destroy(),
  );
  await assert.rejects(fetchFile(entry(broken.address), isolated(cache)), /Cannot get set\/file\.bin/);
  assert.deepEqual(readdirSync(join(cache, 'set')), ['file.bin.part']);
  const { address, ranges } = await serve(ranged);
  const { bytes } = await fetchFile(entry(address), isolated(cache));
  assert.deepEqual(Buffer.from(bytes), content);
  assert.deepEqual(ranges, [`bytes=${half}-`]);
});

test('wrong bytes are an error with both checksums, and are not kept', async () => {
  const cache = newFolder();
  const wrong = Buffer.alloc(content.length);
  const { address } = await serve((_, response) => response.end(wrong));
  await assert.rejects(fetchFile(entry(address), isolated(cache)), (error: Error) => {
    assert.match(error.message, /set\/file\.bin/);
    assert.ok(error.message.includes(sum(wrong)) && error.message.includes(sum(content)));
    return true;
  });
  assert.deepEqual(readdirSync(join(cache, 'set')), []);
});

test('a spoilt part is thrown away and the file fetched whole', async () => {
  const cache = newFolder();
  const broken = await serve((_, response) => response.destroy());
  await assert.rejects(fetchFile(entry(broken.address), isolated(cache)));
  writeFileSync(join(cache, 'set', 'file.bin.part'), Buffer.alloc(half, 7));
  const { address, ranges } = await serve(ranged);
  const { bytes } = await fetchFile(entry(address), isolated(cache));
  assert.deepEqual(Buffer.from(bytes), content);
  assert.deepEqual(ranges, [`bytes=${half}-`, undefined]);
});

test('a file larger than the manifest says is given up early', async () => {
  const announced = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 10 * content.length });
    response.write(content);
  });
  await assert.rejects(
    fetchFile(entry(announced.address), isolated(newFolder())),
    /announces 1000000 bytes, more than/,
  );
  let sent = 0;
  const endless = await serve((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(content)) sent += content.length;
      sent += content.length;
    };
    response.on('drain', more);
    more();
  });
  const cache = newFolder();
  await assert.rejects(
    fetchFile(entry(endless.address), isolated(cache)),
    /sends more than the 100000 bytes/,
  );
  assert.ok(sent < 100 * content.length);
  assert.deepEqual(readdirSync(join(cache, 'set')), []);
});

test('the next address is tried when one fails', async () => {
  const missing = await serve((_, response) => response.writeHead(404).end());
  const good = await serve(whole);
  const { bytes } = await fetchFile(entry(missing.address, good.address), isolated(newFolder()));
  assert.deepEqual(Buffer.from(bytes), content);
});

test('without network and mirror one sentence names file, addresses and remedy', async () => {
  const cache = newFolder();
  const missing = await serve((_, response) => response.writeHead(404).end());
  const closed = 'http://127.0.0.1:9/file.bin';
  await assert.rejects(
    fetchFile(entry(missing.address, closed), { cache, mirror: '/no/mirror' }),
    (error: Error) => {
      assert.match(
        error.message,
        /^Cannot get set\/file\.bin: \/no\/mirror does not hold it, and downloading failed from /,
      );
      assert.ok(error.message.includes(`${missing.address} (HTTP 404 Not Found)`));
      assert.ok(error.message.includes(`${closed} (`));
      assert.ok(
        error.message.endsWith(
          `set LEGCNET_DATA to a folder that holds it, or put it at ${join(cache, 'set', 'file.bin')}`,
        ),
      );
      return true;
    },
  );
});

test('a server that falls silent is given up after the timeout, before and within the answer', async () => {
  const silent = await serve(() => {});
  const stalling = await serve((_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, half));
  });
  for (const { address } of [silent, stalling]) {
    const started = performance.now();
    await assert.rejects(
      fetchFile(entry(address), { ...isolated(newFolder()), timeout: 100 }),
      /no byte for 100 ms/,
    );
    assert.ok(performance.now() - started < 2000);
  }
});

test('a signal stops a download with its reason and leaves the part for later', async () => {
  const cache = newFolder();
  const { address } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, half));
  });
  const controller = new AbortController();
  const stopped = fetchFile(entry(address), { ...isolated(cache), signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 100);
  await assert.rejects(stopped, /^Error: enough$/);
  await assert.rejects(
    fetchFile(entry(address), { ...isolated(cache), signal: controller.signal }),
    /^Error: enough$/,
  );
  // The interrupted call tidies up in its own time.
  for (let i = 0; i < 100 && !existsSync(join(cache, 'set', 'file.bin.part')); i++) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  assert.equal(readFileSync(join(cache, 'set', 'file.bin.part')).length, half);
});

test('progress ends at the full size', async () => {
  const { address } = await serve(whole);
  const seen: Progress[] = [];
  await fetchFile(entry(address), { ...isolated(newFolder()), onProgress: progress => seen.push(progress) });
  const { done, total, unit, task } = seen.at(-1)!;
  assert.deepEqual(
    [done, total, unit, task],
    [content.length, content.length, 'bytes', 'Downloading set/file.bin'],
  );
});

test('many calls for one file make one download', async () => {
  const cache = newFolder();
  const { address, ranges } = await serve(whole);
  const files = await Promise.all(
    Array.from({ length: 8 }, () => fetchFile(entry(address), isolated(cache))),
  );
  assert.ok(files.every(({ bytes }) => content.equals(bytes)));
  assert.equal(ranges.length, 1);
});

test('a stopped call does not stop another call for the same file', async () => {
  const { address } = await serve((request, response, count) => {
    setTimeout(() => whole(request, response, count), 100);
  });
  const cache = newFolder();
  const controller = new AbortController();
  const first = fetchFile(entry(address), { ...isolated(cache), signal: controller.signal });
  const second = fetchFile(entry(address), isolated(cache));
  controller.abort(new Error('enough'));
  await assert.rejects(first, /enough/);
  assert.ok(content.equals((await second).bytes));
});

test('several processes can fetch one file at once', async () => {
  const cache = newFolder();
  const { address } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, half));
    setTimeout(() => response.end(content.subarray(half)), 200);
  });
  const script = `require(${JSON.stringify(join(__dirname, '../../src/data/fetchFile.js'))})
    .fetchFile(${JSON.stringify(entry(address))}, ${JSON.stringify(isolated(cache))})
    .then(({ bytes }) => process.exit(bytes.length === ${content.length} ? 0 : 2), error => { console.error(error); process.exit(1); });`;
  const codes = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
      const [code] = await once(child, 'exit');
      return code;
    }),
  );
  assert.deepEqual(codes, [0, 0, 0]);
  assert.deepEqual(readdirSync(join(cache, 'set')), ['file.bin']);
  assert.deepEqual(readFileSync(join(cache, 'set', 'file.bin')), content);
});

test('a mirror is read in place, and checked', async () => {
  const mirror = newFolder();
  const cache = newFolder();
  const { address } = await serve(whole);
  await fetchFile(entry(address), isolated(mirror)); // lays the file down
  const { origin, path } = await fetchFile(entry(), { cache, mirror });
  assert.deepEqual([origin, path], ['mirror', join(mirror, 'set', 'file.bin')]);
  assert.deepEqual(readdirSync(cache), []);
  writeFileSync(path, 'spoilt');
  await assert.rejects(fetchFile(entry(address), { cache, mirror }), (error: Error) => {
    assert.ok(error.message.includes(path) && error.message.includes(sum(Buffer.from('spoilt'))));
    assert.ok(error.message.includes(sum(content)));
    return true;
  });
  assert.equal(readFileSync(path, 'utf8'), 'spoilt');
});

test('a spoilt file in the cache is fetched again', async () => {
  const cache = newFolder();
  const { address } = await serve(whole);
  const { path } = await fetchFile(entry(address), isolated(cache));
  writeFileSync(path, 'spoilt');
  const { origin, bytes } = await fetchFile(entry(address), isolated(cache));
  assert.equal(origin, 'download');
  assert.deepEqual(Buffer.from(bytes), content);
});

test('a cache that cannot be written says how to choose another', async () => {
  const cache = join(newFolder(), 'file');
  writeFileSync(cache, '');
  await assert.rejects(fetchFile(entry(), isolated(cache)), /Cannot keep data in .*set LEGCNET_CACHE/);
});

test('names that leave the cache, and names unknown to the manifest, are refused', async () => {
  const cache = newFolder();
  for (const name of ['../x', '/etc/passwd', 'a/../../x', 'C:\\x', 'a\\..\\x', '', 'a//b', './a']) {
    await assert.rejects(fetchFile({ ...entry(), name }, isolated(cache)), RangeError, name);
  }
  await assert.rejects(
    fetchFile('nothing.csv', isolated(cache)),
    /No data file is called 'nothing\.csv'; there are iris/,
  );
});
