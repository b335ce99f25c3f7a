// The measures of information.py, in the same order of operations: arrays in, numbers out.

const sum = (values) => values.reduce((total, x) => total + x, 0);
const largest = (values, floor = -Infinity) => values.reduce((most, x) => (x > most ? x : most), floor);

/** The logarithm to the base: null is e. */
const logarithm = (base) => (base === null ? Math.log : base === 2 ? Math.log2 : (x) => Math.log(x) / Math.log(base));

/** p log(p/q) for each outcome; 0 log 0 is 0. */
function klTerms(p, q, base) {
  const log = logarithm(base);
  return p.map((x, i) => (x === 0 ? 0 : x * (log(x) - log(q[i]))));
}

const klDivergence = (p, q, base) => Math.max(0, sum(klTerms(p, q, base)));

function crossEntropy(p, q, base) {
  const log = logarithm(base);
  return Math.max(0, sum(p.map((x, i) => (x === 0 ? 0 : -x * log(q[i])))));
}

/** The Jensen–Shannon divergence: half of both KL to the middle. */
function jsDivergence(p, q, base) {
  const both = p.map((x, i) => x + q[i]), twice = (values) => values.map((x) => 2 * x);
  const total = sum(klTerms(twice(p), both, base)) + sum(klTerms(twice(q), both, base));
  return within(total / 4, 0, logarithm(base)(2));
}

const entropy = (p, base) => crossEntropy(p, p, base);

const totalVariation = (p, q) => Math.min(1, sum(p.map((x, i) => Math.abs(x - q[i]))) / 2);

function normalize(weights) {
  const total = sum(weights);
  return weights.map((x) => x / total);
}

/** The softmax of logits over a temperature, with the largest taken out first. */
function softmax(logits, temperature = 1) {
  const scaled = logits.map((z) => z / temperature), most = largest(scaled);
  return normalize(scaled.map((z) => Math.exp(z - most)));
}

const DRAWN = new Map();  // by seed: while a hand moves P the same numbers are asked for at each step

/** NumPy's RandomState(seed).random_sample(n): the first numbers of the seed's stream. */
function randomSample(seed, n) {
  if (DRAWN.size > 100) DRAWN.clear();
  if (!(DRAWN.get(seed)?.length >= n)) DRAWN.set(seed, mersenneTwister(seed, n));
  return DRAWN.get(seed).slice(0, n);
}

/** Numbers in [0, 1) of the Mersenne Twister MT19937, bit for bit as NumPy draws them.
 * Source: M. Matsumoto and T. Nishimura 1998, doi:10.1145/272991.272995. */
function mersenneTwister(seed, n) {
  const state = new Uint32Array(624);
  state[0] = seed;
  for (let i = 1; i < 624; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  let at = 624;
  const next = () => {
    if (at === 624) {
      for (let i = 0; i < 624; i++) {
        const y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7fffffff);
        state[i] = state[(i + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      at = 0;
    }
    let y = state[at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
  return Array.from({ length: n }, () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992);
}
