import { parseArgs } from 'node:util';
import { installedKernels, installKernel, removeKernel } from '../notebook/kernelSpecs';

const actions = ['install', 'remove', 'list'];

/** `legcnet kernel install|remove|list`. */
export async function manageKernel(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      prefix: { type: 'string' },
      user: { type: 'boolean', default: false },
      heap: { type: 'string' },
    },
  });
  const [action = '', ...more] = positionals;
  if (!actions.includes(action) || more.length > 0) {
    throw new RangeError(
      `Cannot do kernel ${positionals.join(' ')}: what can be done is ${actions.join(', ')}`,
    );
  }
  const { prefix, user, heap } = values;
  if (prefix !== undefined && user) throw new RangeError('Give --prefix or --user, not both');
  if (action === 'list') {
    const found = installedKernels(prefix);
    if (found.length === 0) console.log('The kernel is not installed anywhere that Jupyter would look.');
    for (const { path, problem } of found) console.log(`${path}: ${problem ?? 'this package, this Node'}`);
  } else if (action === 'remove') {
    console.log(`Removed ${removeKernel(prefix)}`);
  } else {
    if (heap !== undefined && !/^\d+$/.test(heap)) {
      throw new RangeError(`legcnet kernel install: --heap takes megabytes, 128 or more, '${heap}' came.`);
    }
    const megabytes = heap === undefined ? undefined : Number(heap);
    const path = installKernel({
      ...(prefix === undefined ? {} : { prefix }),
      ...(megabytes === undefined ? {} : { heap: megabytes }),
    });
    console.log(`Wrote ${path}: Jupyter now offers the kernel "TypeScript (legcnet)".`);
  }
}
