import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fetchFile } from '../../src/data/fetchFile';
import {
  cacheFolder,
  dataFile,
  dataFileNames,
  datasetEntry,
  filesOf,
  mirrorFolder,
  placeInside,
} from '../../src/data/manifest';
import { datasetNames } from '../../src/data/studySettings';
import { skipUnless } from '../support/mirror';

test('every file of the manifest has an address, a checksum, a licence and a place inside the cache', () => {
  assert.ok(dataFileNames().length > 30);
  for (const name of dataFileNames()) {
    const { addresses, bytes, sha256, licence, citation } = dataFile(name);
    assert.ok(
      addresses.length > 0 && addresses.every(address => /^https?:\/\/[^/]+\/\S+$/.test(address)),
      name,
    );
    assert.ok(Number.isInteger(bytes) && bytes > 0, name);
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.ok(licence !== '' && citation !== '', name);
    assert.doesNotThrow(() => placeInside('/cache', name));
  }
});

test('every data set names files of the manifest', () => {
  for (const name of datasetNames) {
    const { rows, title, task } = datasetEntry(name);
    for (const file of filesOf(name)) assert.doesNotThrow(() => dataFile(file));
    assert.ok(rows > 0 && title !== '' && task !== '');
  }
});

test('every file of the manifest belongs to a data set: masks and originals too', () => {
  const all = new Set(datasetNames.flatMap(filesOf));
  assert.deepEqual([...all].sort(), [...dataFileNames()].sort());
  assert.deepEqual(filesOf(), dataFileNames());
  assert.equal(filesOf('mnist').filter(file => file.includes('/masks/')).length, 10);
  assert.ok(filesOf('cancer').includes('cancer/breast-cancer-wisconsin.data'));
  assert.throws(() => filesOf('tulips' as never), /no data set 'tulips'; there are cancer/);
});

for (const name of dataFileNames()) {
  test(`${name} has the size and checksum of the manifest`, { skip: skipUnless(name) }, async () => {
    const { bytes } = await fetchFile(name); // throws for a wrong checksum
    assert.equal(bytes.length, dataFile(name).bytes);
  });
}

test('only the files that a test needs can skip it', () => {
  assert.equal(skipUnless(), false);
  assert.equal(skipUnless('no/such file'), 'neither LEGCNET_DATA nor the cache holds no/such file');
});

test('the cache lies where LEGCNET_CACHE, XDG_CACHE_HOME or the home folder says, in this order', () => {
  const { LEGCNET_CACHE, XDG_CACHE_HOME, LEGCNET_DATA } = process.env;
  try {
    process.env.LEGCNET_CACHE = 'here';
    assert.equal(cacheFolder(), resolve('here'));
    delete process.env.LEGCNET_CACHE;
    process.env.XDG_CACHE_HOME = '/xdg';
    assert.equal(cacheFolder(), join('/xdg', 'legcnet', 'data'));
    delete process.env.XDG_CACHE_HOME;
    assert.equal(cacheFolder(), join(homedir(), '.cache', 'legcnet', 'data'));
    delete process.env.LEGCNET_DATA;
    assert.equal(mirrorFolder(), undefined);
  } finally {
    for (const [name, value] of Object.entries({ LEGCNET_CACHE, XDG_CACHE_HOME, LEGCNET_DATA })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
