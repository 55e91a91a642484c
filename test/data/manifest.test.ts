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
  mirrorFolder,
  placeInside,
} from '../../src/data/manifest';
import { datasetNames } from '../../src/data/studySettings';
import { mirrorSkip } from '../support/mirror';

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
    const { files, weights, rows, title, task } = datasetEntry(name);
    for (const file of [...files, ...weights]) assert.doesNotThrow(() => dataFile(file));
    assert.ok(rows > 0 && title !== '' && task !== '');
  }
});

test('the files of the study have the size and checksum of the manifest', { skip: mirrorSkip }, async () => {
  for (const name of dataFileNames()) {
    const { bytes } = await fetchFile(name); // throws for a wrong checksum
    assert.equal(bytes.length, dataFile(name).bytes, name);
  }
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
