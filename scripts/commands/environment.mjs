import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { place } from '../setup/place.mjs';

const SHARED_DATA = join(place.root, '..', 'shared', 'data');

/** The environment for programs of the package: a quiet TensorFlow, and data sets from the mirror beside the clone, where there is one. */
export function environment() {
  const mirror = existsSync(SHARED_DATA) ? { LEGCNET_DATA: SHARED_DATA } : {};
  return { TF_CPP_MIN_LOG_LEVEL: '2', TF_ENABLE_ONEDNN_OPTS: '0', ...mirror, ...process.env };
}
