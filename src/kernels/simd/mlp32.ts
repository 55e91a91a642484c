// AssemblyScript, compiled to mlp32.wasm by the build and loaded by `mlp32.ts`, which lays out the memory.
//
// Training of a dense network in float32, four numbers (a vector) at a time. Parameters stay here from update to update:
//
//     matrix    of a layer: inputs x line, a line being as wide as the layer, rounded up to whole vectors; what one input
//               contributes to all outputs lies together. Its biases are one more line behind it. The first matrix is cut into
//               panels, which are such matrices of 28 outputs (the last, of the rest) one behind another, each with its biases.
//     entries   the inputs of a row that are not 0, see `parts/lists.ts`
//
// Work is cut into pieces, which are the same however many threads share them (`parts/crew.ts`). Every sum runs over the same terms in
// the same order as in `mlp32Plain.ts`, every term is rounded as there; vectors and pieces stand for different sums. The results are
// therefore the same, bit for bit.

import { activate, outputDeltas, SOFTMAX, softmax, timesSlope } from './parts/activations';
import { Crew, MOST_COUNTED } from './parts/crew';
import { accumulateListed, listRows, multiplyListed, PANEL } from './parts/lists';
import { addRows, product, turn } from './parts/products';

/** Rows of a piece. */
const ROWS: usize = 16;
/** Inputs of a later layer in a piece of its gradient. */
const INPUTS: usize = 16;
/** Bytes of parameters that a piece updates. */
const UPDATED: usize = 16384;

/** Of an update, or of the gradient of one later layer. */
const MOST_PIECES: usize = 1024;

const LIST: i32 = 0;
const FORWARD: i32 = 1;
const FIRST: i32 = 2;
const DELTAS: i32 = 3;
const GRADIENT: i32 = 4;
const UPDATE: i32 = 5;

/** All numbers but counts, kinds and rates are byte addresses or lengths. Filled by `mlp32.ts`, in this order. */
@unmanaged
class Training {
  crew: Crew;
  layers: usize;
  depth: i32;
  /** Activations of the hidden layers and of the outputs, by their number in `parts/activations.ts`. */
  hidden: i32;
  output: i32;
  isEntropy: i32;
  /** All matrices and biases; their gradients and velocities lie so many bytes behind. */
  weights: usize;
  weightsEnd: usize;
  gradientOffset: usize;
  /** Of which nothing is read without momentum. */
  velocityOffset: usize;
  /** Addresses of the weights that stay 0. */
  removed: usize;
  removedCount: usize;
  /** Where the numbers (f64) of rows to list stand. */
  numbers: usize;
  /** Room for the entries of half of them. */
  scratch: usize;
  /** Of a row. */
  features: usize;
  rate: f32;
  momentum: f32;
  // What follows is set by the calls below, each for its own pieces.
  rows: usize;
  order: usize;
  starts: usize;
  targets: usize;
  entries: usize;
  /** Where the entries of either half end. */
  end: usize;
  scratchEnd: usize;
  /** Rows of the update. */
  total: f32;
}

/** A layer from 1 on. All but the first two are byte addresses. */
@unmanaged
class Layer {
  before: i32;
  width: i32;
  matrix: usize;
  gradient: usize;
  /** Outputs x line of the layer before, filled by `loadBackward`; from layer 2 on. */
  backward: usize;
  /** Rows x line. */
  activations: usize;
  deltas: usize;
  /** Out x in, for those who read. */
  flat: usize;
  flatBias: usize;
}

/** First byte that is free for data. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

/** Bytes of a line. */
function lineOf(width: i32): usize {
  return ((<usize>width + 3) & ~3) << 2;
}

function layerAt(training: Training, index: i32): Layer {
  return changetype<Layer>(training.layers + <usize>index * offsetof<Layer>());
}

/** Takes part in the work until `dismiss`; for a thread that does nothing else meanwhile. */
export function assist(training: Training): void {
  const crew = training.crew;
  for (let next = crew.last(); next >= 0; next = crew.last()) {
    piece(training, crew.kind, <usize>next);
    crew.finish();
  }
}

/** To be called where `assist` failed. */
export function fail(training: Training): void {
  training.crew.fail();
}

export function dismiss(training: Training): void {
  training.crew.dismiss();
}

/** Does a job with whoever is there, to its end; alone where a ticket cannot count its pieces, as of a layer of 230,000 units. */
function share(training: Training, kind: i32, pieces: usize): void {
  const crew = training.crew;
  if (crew.helpers === 0 || pieces === 1 || pieces > MOST_COUNTED) {
    for (let k: usize = 0; k < pieces; k++) piece(training, kind, k);
    return;
  }
  crew.publish(kind, <i32>pieces);
  for (let next = crew.first(); next >= 0; next = crew.first()) {
    piece(training, kind, <usize>next);
    crew.finish();
  }
  crew.join(<i32>pieces);
}

function piece(training: Training, kind: i32, k: usize): void {
  if (kind === FORWARD) forwardPiece(training, k);
  else if (kind === FIRST) firstPiece(training, k);
  else if (kind === DELTAS) deltasPiece(training, k);
  else if (kind === GRADIENT) gradientPiece(training, k);
  else if (kind === UPDATE) updatePiece(training, k);
  else listPiece(training, k);
}

function piecesOf(whole: usize, each: usize): usize {
  return (whole + each - 1) / each;
}

/** `each`, or as many times that as keeps the pieces few. */
function pieceSize(whole: usize, each: usize): usize {
  return each * piecesOf(whole, each * MOST_PIECES);
}

function least(a: usize, b: usize): usize {
  return a < b ? a : b;
}

/**
 * Lists the nonzero entries of the rows of doubles at `numbers`, rounded to float32: row r from starts[r] up to starts[r + 1]
 * (addresses), the first from `entries` on. Returns the end.
 */
export function list(training: Training, rows: usize, starts: usize, entries: usize): usize {
  const half = (rows + 1) >> 1;
  training.rows = rows;
  training.starts = starts;
  training.entries = entries;
  training.scratchEnd = training.scratch;
  share(training, LIST, rows > half ? 2 : 1);
  const length = training.scratchEnd - training.scratch;
  memory.copy(training.end, training.scratch, length);
  const moved = <u32>(training.end - training.scratch);
  for (let r = half; r < rows; r++) store<u32>(starts + (r << 2), load<u32>(starts + (r << 2)) + moved);
  const end = training.end + length;
  store<u32>(starts + (rows << 2), <u32>end);
  return end;
}

function listPiece(training: Training, k: usize): void {
  const rows = training.rows;
  const features = training.features;
  const numbers = training.numbers;
  const starts = training.starts;
  const half = (rows + 1) >> 1;
  if (k === 0) training.end = listRows(half, features, numbers, starts, training.entries);
  else {
    const from = numbers + ((half * features) << 3);
    training.scratchEnd = listRows(rows - half, features, from, starts + (half << 2), training.scratch);
  }
}

/**
 * Forward passes of the rows whose numbers stand at `order`, at most as many as lines of activations are there. Afterwards the
 * deltas of the last layer hold its sums before their activation.
 */
export function forward(training: Training, rows: usize, order: usize, starts: usize): void {
  training.rows = rows;
  training.order = order;
  training.starts = starts;
  share(training, FORWARD, piecesOf(rows, ROWS));
}

function forwardPiece(training: Training, k: usize): void {
  const panels = panelsOf(layerAt(training, 0));
  for (let p: usize = 0; p < panels; p++) firstSums(training, p, k);
  forwardFromFirst(training, k);
}

/** The panels one after another, with all rows for each. */
function firstPiece(training: Training, k: usize): void {
  const each = piecesOf(training.rows, ROWS);
  firstSums(training, k / each, k % each);
}

/** Sums of the first layer, over one panel for a piece of the rows. */
function firstSums(training: Training, p: usize, k: usize): void {
  const first = k * ROWS;
  const rows = least(ROWS, training.rows - first);
  const layer = layerAt(training, 0);
  const line = lineOf(layer.width);
  multiplyListed(
    rows,
    training.order + (first << 2),
    training.starts,
    layer.matrix + panelAt(layer, p),
    layer.before,
    layer.activations + first * line + p * PANEL,
    line,
    panelBytes(layer, p),
  );
}

function panelsOf(layer: Layer): usize {
  return piecesOf(lineOf(layer.width), PANEL);
}

/** Where a panel begins in the first matrix or its gradient. */
function panelAt(layer: Layer, p: usize): usize {
  return p * PANEL * (<usize>layer.before + 1);
}

function panelBytes(layer: Layer, p: usize): usize {
  return least(PANEL, lineOf(layer.width) - p * PANEL);
}

/** Of a piece of the rows, whose sums of the first layer are there. */
function forwardFromFirst(training: Training, k: usize): void {
  const depth = training.depth;
  const first = k * ROWS;
  const rows = least(ROWS, training.rows - first);
  for (let l = 0; l < depth; l++) {
    const layer = layerAt(training, l);
    const line = lineOf(layer.width);
    const activations = layer.activations + first * line;
    if (l > 0) {
      const before = layerAt(training, l - 1);
      const lineBefore = lineOf(before.width);
      const from = before.activations + first * lineBefore;
      const bias = layer.matrix + <usize>layer.before * line;
      product(rows, before.width, from, lineBefore, 4, layer.matrix, activations, line, bias, false);
    }
    const end = activations + rows * line;
    if (l < depth - 1) activate(training.hidden, activations, end);
    else {
      memory.copy(layer.deltas + first * line, activations, rows * line);
      if (training.output !== SOFTMAX) activate(training.output, activations, end);
      else for (let at = activations; at < end; at += line) softmax(at, layer.width);
    }
  }
}

/** Copies the matrices as they are multiplied backward. */
export function loadBackward(training: Training): void {
  for (let l = 1; l < training.depth; l++) {
    const layer = layerAt(training, l);
    turn(layer.before, layer.width, layer.matrix, lineOf(layer.width), layer.backward, lineOf(layer.before));
  }
}

/** Adds the gradient of the loss, summed over these rows, to that which stands there; `targets` are rows x line. */
export function accumulate(
  training: Training,
  rows: usize,
  order: usize,
  starts: usize,
  targets: usize,
): void {
  training.rows = rows;
  training.order = order;
  training.starts = starts;
  training.targets = targets;
  const pieces = piecesOf(rows, ROWS);
  share(training, FIRST, pieces * panelsOf(layerAt(training, 0)));
  share(training, DELTAS, pieces);
  let gradients: usize = 0;
  for (let l = 0; l < training.depth; l++) gradients += gradientPieces(training, l);
  share(training, GRADIENT, gradients);
}

/** Forward from the sums of the first layer, then backward down to its deltas. */
function deltasPiece(training: Training, k: usize): void {
  forwardFromFirst(training, k);
  const first = k * ROWS;
  const rows = least(ROWS, training.rows - first);
  const depth = training.depth;
  const hidden = training.hidden;
  const output = training.output;
  const last = layerAt(training, depth - 1);
  const line = lineOf(last.width);
  outputDeltas(
    rows,
    training.order + (first << 2),
    training.targets,
    last.activations + first * line,
    last.deltas + first * line,
    last.width,
    line,
    output,
    training.isEntropy !== 0,
  );
  for (let l = depth - 1; l > 0; l--) {
    const layer = layerAt(training, l);
    const before = layerAt(training, l - 1);
    const line = lineOf(layer.width);
    const lineBefore = lineOf(before.width);
    const deltas = before.deltas + first * lineBefore;
    const from = layer.deltas + first * line;
    product(rows, layer.width, from, line, 4, layer.backward, deltas, lineBefore, 0, false);
    timesSlope(hidden, before.activations + first * lineBefore, deltas, rows * lineBefore);
  }
}

/** The panels of the first layer, inputs of later ones. */
function gradientPieces(training: Training, l: i32): usize {
  const layer = layerAt(training, l);
  return l === 0 ? panelsOf(layer) : piecesOf(layer.before, inputsOf(layer));
}

function inputsOf(layer: Layer): usize {
  return pieceSize(layer.before, INPUTS);
}

function gradientPiece(training: Training, k: usize): void {
  let l = 0;
  for (let here = gradientPieces(training, 0); k >= here; here = gradientPieces(training, l)) {
    k -= here;
    l++;
  }
  const layer = layerAt(training, l);
  const line = lineOf(layer.width);
  const rows = training.rows;
  if (l === 0) {
    const bytes = panelBytes(layer, k);
    const gradient = layer.gradient + panelAt(layer, k);
    const deltas = layer.deltas + k * PANEL;
    addRows(rows, deltas, gradient + <usize>layer.before * bytes, line, bytes);
    accumulateListed(rows, training.order, training.starts, deltas, gradient, line, bytes);
    return;
  }
  if (k === 0) addRows(rows, layer.deltas, layer.gradient + <usize>layer.before * line, line, line);
  const before = layerAt(training, l - 1);
  const from = k * inputsOf(layer);
  const inputs = least(inputsOf(layer), <usize>layer.before - from);
  const activations = before.activations + (from << 2);
  const gradient = layer.gradient + from * line;
  product(inputs, <i32>rows, activations, 4, lineOf(before.width), layer.deltas, gradient, line, 0, true);
}

/**
 * v <- momentum v + gradient / rows, w <- w - rate v for all parameters. Removed weights are 0 afterwards, and so is the gradient.
 */
export function update(training: Training, rows: f32): void {
  training.total = rows;
  share(training, UPDATE, piecesOf(training.weightsEnd - training.weights, updatedOf(training)));
  for (let k: usize = 0; k < training.removedCount; k++) {
    store<f32>(<usize>load<u32>(training.removed + (k << 2)), 0);
  }
}

function updatedOf(training: Training): usize {
  return pieceSize(training.weightsEnd - training.weights, UPDATED);
}

function updatePiece(training: Training, k: usize): void {
  const gradientOffset = training.gradientOffset;
  const velocityOffset = training.velocityOffset;
  const momentum = training.momentum;
  const total = training.total;
  const from = training.weights + k * updatedOf(training);
  const to = least(from + updatedOf(training), training.weightsEnd);
  const eta = f32x4.splat(training.rate);
  const count = f32x4.splat(total);
  const share = f32x4.splat(1 / total);
  const mu = f32x4.splat(momentum);
  const whole = <i32>total;
  // Times a power of two is the same to the last bit, and costs less than a division.
  const isPower = (whole & (whole - 1)) === 0;
  for (let at = from; at < to; at += 16) {
    const sum = v128.load(at + gradientOffset);
    v128.store(at + gradientOffset, f32x4.splat(0));
    let v = isPower ? f32x4.mul(sum, share) : f32x4.div(sum, count);
    if (momentum !== 0) {
      v = f32x4.add(f32x4.mul(mu, v128.load(at + velocityOffset)), v);
      v128.store(at + velocityOffset, v);
    }
    v128.store(at, f32x4.sub(v128.load(at), f32x4.mul(eta, v)));
  }
}

/** Writes all weights, out x in, and biases where the layers say. */
export function writeFlat(training: Training): void {
  for (let l = 0; l < training.depth; l++) copyFlat(training, l, true);
}

/** The way back, for the start. */
export function readFlat(training: Training): void {
  for (let l = 0; l < training.depth; l++) copyFlat(training, l, false);
}

function copyFlat(training: Training, l: i32, isWritten: bool): void {
  const layer = layerAt(training, l);
  const before = (<usize>layer.before) << 2;
  for (let p: usize = 0; p < blocksOf(training, l); p++) {
    const bytes = blockBytes(training, l, p);
    const matrix = layer.matrix + panelAt(layer, p);
    const bias = matrix + <usize>layer.before * bytes;
    const width = blockWidth(layer, p, bytes);
    const flat = layer.flat + p * (PANEL >> 2) * before;
    const flatBias = layer.flatBias + p * PANEL;
    if (isWritten) {
      turn(layer.before, width, matrix, bytes, flat, before);
      memory.copy(flatBias, bias, (<usize>width) << 2);
    } else {
      turn(width, layer.before, flat, before, matrix, bytes);
      memory.copy(bias, flatBias, (<usize>width) << 2);
    }
  }
}

/** Panels of the first matrix, one block for any other. */
function blocksOf(training: Training, l: i32): usize {
  return l === 0 ? panelsOf(layerAt(training, l)) : 1;
}

function blockBytes(training: Training, l: i32, p: usize): usize {
  const layer = layerAt(training, l);
  return l === 0 ? panelBytes(layer, p) : lineOf(layer.width);
}

/** Outputs in a block. */
function blockWidth(layer: Layer, p: usize, bytes: usize): i32 {
  return <i32>least(bytes >> 2, <usize>layer.width - p * (PANEL >> 2));
}
