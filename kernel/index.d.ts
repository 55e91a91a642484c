/**
 * `import 'legcnet/kernel'` makes the running kernel ours, as the kernel "TypeScript (legcnet)" does by itself at its start:
 * prints are gathered, results show themselves, long tasks show how far they are and stop at the stop button. Outside a
 * notebook it only makes results print as text.
 *
 * @example
 * import 'legcnet/kernel';
 * import { loadDataset } from 'legcnet';
 * (await loadDataset('iris')).train.rows; // 120
 */
export {};
