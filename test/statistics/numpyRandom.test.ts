import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { NumpyRandom } from '../../src/statistics/numpyRandom';

/**
 * Values of NumPy 2.4.6, each from a fresh r = np.random.RandomState(seed):
 *
 *     random      r.random_sample(3)                  uint32   r.randint(0, 2**32, 3, dtype=np.uint64)
 *     two, five   r.permutation(2), (5)               head120  r.permutation(120)[:6]
 *     one         r.permutation(1), then r.random_sample();  after120, after70000 likewise after permutation(n)
 *     sha683      hashlib.sha256(r.permutation(683).astype('<i4').tobytes()).hexdigest()[:16], sha70000 likewise
 *     normal      r.normal(size=3)                    randint  r.randint(-5, 1000, 6)
 *     above32Bits r.randint(0, 2**53 - 5, 4)          choice   r.choice(10, 4, replace=False)
 *     rows        a = np.arange(12).reshape(6, 2); r.shuffle(a); a[:, 0]
 */
const oracles = [
  {
    seed: 0,
    random: [0.5488135039273248, 0.7151893663724195, 0.6027633760716439],
    uint32: [2357136044, 2546248239, 3071714933],
    one: 0.5488135039273248,
    two: [1, 0],
    five: [2, 0, 1, 3, 4],
    head120: [48, 94, 95, 8, 97, 22],
    after120: 0.019987665408758737,
    sha683: '404685480bf94c25',
    sha70000: '722cfc7f08aa3725',
    after70000: 0.4237031948594776,
    normal: [1.764052345967664, 0.4001572083672233, 0.9787379841057392],
    randint: [679, 554, 624, 187, 830, 758],
    above32Bits: [8737460674931247, 6375474555112640, 4137753702978299, 8293357854227815],
    choice: [2, 8, 4, 9],
    rows: [10, 4, 2, 6, 0, 8],
  },
  {
    seed: 1,
    random: [0.417022004702574, 0.7203244934421581, 0.00011437481734488664],
    uint32: [1791095845, 4282876139, 3093770124],
    one: 0.417022004702574,
    two: [0, 1],
    five: [2, 1, 4, 0, 3],
    head120: [95, 54, 59, 117, 77, 46],
    after120: 0.16535419711693278,
    sha683: '5c37f332b74387cb',
    sha70000: '42fe9d416ddf5867',
    after70000: 0.2600849019843333,
    normal: [1.6243453636632417, -0.6117564136500754, -0.5281717522634557],
    randint: [32, 230, 903, 67, 762, 900],
    above32Bits: [549919010554091, 2022607184204872, 2109959069025161, 1595168029482629],
    choice: [2, 9, 6, 4],
    rows: [4, 2, 8, 0, 6, 10],
  },
  {
    seed: 42,
    random: [0.3745401188473625, 0.9507143064099162, 0.7319939418114051],
    uint32: [1608637542, 3421126067, 4083286876],
    one: 0.3745401188473625,
    two: [1, 0],
    five: [1, 4, 2, 0, 3],
    head120: [44, 47, 4, 55, 26, 64],
    after120: 0.3584657285442726,
    sha683: 'ee8b5f2cca15908a',
    sha70000: 'be9d6717b158ed58',
    after70000: 0.038009333705462,
    normal: [0.4967141530112327, -0.13826430117118466, 0.6476885381006925],
    randint: [97, 430, 855, 265, 101, 66],
    above32Bits: [523809042611635, 566644413142286, 1113164382590023, 473600017247252],
    choice: [8, 1, 5, 0],
    rows: [0, 2, 10, 4, 8, 6],
  },
  {
    seed: 12345,
    random: [0.9296160928171479, 0.3163755545817859, 0.18391881167709445],
    uint32: [3992670690, 3823185381, 1358822685],
    one: 0.9296160928171479,
    two: [1, 0],
    five: [0, 4, 3, 1, 2],
    head120: [4, 19, 33, 84, 24, 45],
    after120: 0.078259283502214,
    sha683: 'd3877dc1f042b146',
    sha70000: 'c3764eca3ac4eefe',
    after70000: 0.37276265916629703,
    normal: [-0.20470765948471295, 0.47894333805754824, -0.5194387150567381],
    randint: [477, 480, 280, 124, 415, 420],
    above32Bits: [7689859298831845, 8441075881871489, 5996341451664809, 8461836446945662],
    choice: [0, 7, 3, 9],
    rows: [10, 6, 8, 0, 2, 4],
  },
  {
    seed: 4294967295,
    random: [0.0976320289940138, 0.9123828453026218, 0.78903530185164],
    uint32: [419326371, 479346978, 3918654476],
    one: 0.0976320289940138,
    two: [0, 1],
    five: [4, 1, 0, 2, 3],
    head120: [91, 15, 49, 85, 31, 100],
    after120: 0.5931482574847601,
    sha683: '40305caa578fa999',
    sha70000: '063c6c87819439b2',
    after70000: 0.15664115678403312,
    normal: [0.6484086742306527, 0.6693235306338161, -1.0805437227474493],
    randint: [414, 285, 7, 66, 943, 571],
    above32Bits: [8560398581252386, 5044613304593479, 8505497795493440, 4029533036937722],
    choice: [6, 9, 5, 1],
    rows: [2, 8, 10, 0, 4, 6],
  },
];

for (const oracle of oracles) {
  const { seed } = oracle;
  const fresh = (): NumpyRandom => new NumpyRandom(seed);

  test(`seed ${seed} gives NumPy's doubles, words and bounded integers`, () => {
    const r = fresh();
    assert.deepEqual([r.random(), r.random(), r.random()], oracle.random);
    const words = fresh();
    assert.deepEqual([words.uint32(), words.uint32(), words.uint32()], oracle.uint32);
    const whole = fresh();
    assert.deepEqual(
      Array.from({ length: 6 }, () => whole.randint(-5, 1000)),
      oracle.randint,
    );
    const large = fresh();
    assert.deepEqual(
      Array.from({ length: 4 }, () => large.randint(2 ** 53 - 5)),
      oracle.above32Bits,
    );
  });

  test(`seed ${seed} gives NumPy's permutations of 1, 2, 5, 120, 683 and 70 000, and leaves the stream where NumPy does`, () => {
    const single = fresh();
    assert.deepEqual([...single.permutation(1)], [0]);
    assert.equal(single.random(), oracle.one);
    assert.deepEqual([...fresh().permutation(2)], oracle.two);
    assert.deepEqual([...fresh().permutation(5)], oracle.five);
    const r120 = fresh();
    assert.deepEqual([...r120.permutation(120).slice(0, 6)], oracle.head120);
    assert.equal(r120.random(), oracle.after120);
    assert.equal(hash(fresh().permutation(683)), oracle.sha683);
    const r70000 = fresh();
    assert.equal(hash(r70000.permutation(70_000)), oracle.sha70000);
    assert.equal(r70000.random(), oracle.after70000);
  });

  test(`seed ${seed} shuffles rows and chooses without replacement as NumPy`, () => {
    const table = [0, 2, 4, 6, 8, 10].map(first => [first, first + 1]);
    assert.deepEqual(
      fresh()
        .shuffle(table)
        .map(([first]) => first),
      oracle.rows,
    );
    assert.deepEqual([...fresh().choice(10, 4)], oracle.choice);
  });

  test(`seed ${seed} gives NumPy's normal numbers up to the last bit of the logarithm`, () => {
    const r = fresh();
    for (const value of oracle.normal) assert.ok(Math.abs(r.normal() / value - 1) < 4 * Number.EPSILON);
    const scaled = fresh();
    assert.ok(Math.abs(scaled.normal(10, 2) - (10 + 2 * oracle.normal[0])) < 1e-14);
  });
}

test('a list of integers is seeded as NumPy does, and differs from its single integer', () => {
  // np.random.RandomState([7]).random_sample(), ([1, 2, 3]), (list(range(1000)))
  assert.equal(new NumpyRandom([7]).random(), 0.32383276483316237);
  assert.equal(new NumpyRandom([1, 2, 3]).random(), 0.6098612722867289);
  assert.equal(new NumpyRandom(Array.from({ length: 1000 }, (_, i) => i)).random(), 0.9343370187421804);
  assert.notEqual(new NumpyRandom([7]).random(), new NumpyRandom(7).random());
});

test('seeding again starts over and forgets the normal number held back', () => {
  const r = new NumpyRandom(5);
  const first = r.normal();
  r.seed(5);
  assert.equal(r.normal(), first);
});

test('a permutation of a list leaves the list alone and follows the permutation of its length', () => {
  const words = Object.freeze(['a', 'b', 'c', 'd', 'e']);
  const order = new NumpyRandom(42).permutation(5);
  assert.deepEqual(
    new NumpyRandom(42).permutation(words),
    Array.from(order, i => words[i]),
  );
});

test('an interval of one value draws nothing', () => {
  const r = new NumpyRandom(1);
  assert.equal(r.interval(0), 0);
  assert.equal(r.random(), new NumpyRandom(1).random());
});

test('seeds that NumPy refuses are refused', () => {
  for (const seed of [-1, 2 ** 32, 0.5, Number.NaN, [], [1, -1]])
    assert.throws(() => new NumpyRandom(seed), RangeError);
  for (const seed of ['7', null, undefined, [{}]])
    assert.throws(() => new NumpyRandom(seed as never), TypeError);
});

test('impossible draws are refused', () => {
  const r = new NumpyRandom(0);
  assert.throws(() => r.interval(-1), RangeError);
  assert.throws(() => r.interval(2 ** 53), RangeError);
  assert.throws(() => r.randint(3, 3), /low < high, got low 3 and high 3/);
  assert.throws(() => r.permutation(-1), RangeError);
  assert.throws(() => r.choice(3, 4), /4 different integers out of 3/);
});

function hash(values: Int32Array): string {
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex').slice(0, 16);
}
