// The numbers of plots/fits.py, and of subjects/gaussians.py what they need.

const FIT_STEPS = 150, FIT_SHOWN = 41, FIT_STARTS = [-6, -4, -2, 0, 2, 4, 6];
const NODES = Array.from({ length: 129 }, (_, i) => (i - 64) / 8);
const NODE_WEIGHTS = normalize(NODES.map((z) => Math.exp((-z * z) / 2)));
const FIT_PLACES = Array.from({ length: 161 }, (_, i) => (i - 80) / 10);
const LOG_ROOT = Math.log(2 * Math.PI) / 2;

const logDensity = (x, { mean, sd }) => -(((x - mean) / sd) ** 2) / 2 - Math.log(sd) - LOG_ROOT;

const twoPeaks = ({ weight = 0.4, gap = 5, width = 0.7 }) => [
  { log: Math.log(weight), weight, mean: -gap / 2, sd: 0.7 },
  { log: Math.log(1 - weight), weight: 1 - weight, mean: gap / 2, sd: width },
];

/** The logarithms of weight times density of both components, and of their sum. */
function logParts(x, [one, other]) {
  const a = one.log + logDensity(x, one), b = other.log + logDensity(x, other), most = Math.max(a, b);
  return [a, b, most + Math.log1p(Math.exp(Math.min(a, b) - most))];
}


/** The places of the means under the mixture, with their weights, which sum to 1. */
const ofMixture = (mixture) => mixture.flatMap(({ weight, mean, sd }) =>
  NODES.map((z, i) => [mean + sd * z, weight * NODE_WEIGHTS[i]]));

function descend(start, slopesAt) {
  const way = [{ mean: start, sd: 1 }];
  for (let step = 0; step < FIT_STEPS; step++) {
    const { mean, sd } = way[step], [pull, bend] = slopesAt(way[step]);
    const size = 0.2 / Math.max(1, bend, -bend);
    way.push({ mean: mean + size * sd * pull, sd: sd * Math.exp((size * (1 - bend)) / 2) });
  }
  return way;
}

function forwardSteps(mixture, start) {
  const [first, second] = [1, 2].map((power) => sum(ofMixture(mixture).map(([x, weight]) => weight * x ** power)));
  return descend(start, ({ mean, sd }) =>  // the means of z and of z² under the mixture, by its two moments
    [(first - mean) / sd, sd ** 2 / (second - 2 * mean * first + mean ** 2)]);
}

function reverseSteps([one, other], start) {
  const lead = other.log - Math.log(other.sd) - one.log + Math.log(one.sd);
  return descend(start, ({ mean, sd }) => {
    let pull = 0, bend = 0;
    for (let i = 0; i < NODES.length; i++) {  // 129 nodes, 150 steps, 7 starts at each move of a hand: no closures
      const x = mean + sd * NODES[i], z = (x - one.mean) / one.sd, w = (x - other.mean) / other.sd;
      const share = 1 / (1 + Math.exp(lead + (z * z - w * w) / 2));  // of the first component in the mixture at x
      const slope = -NODE_WEIGHTS[i] * sd * ((share * z) / one.sd + ((1 - share) * w) / other.sd);
      pull += slope;
      bend -= NODES[i] * slope;
    }
    return [pull, bend];
  });
}

const forwardKl = (mixture, q) => sum(ofMixture(mixture).map(([x, weight]) =>
  weight * (logParts(x, mixture)[2] - logDensity(x, q))));

const reverseKl = (q, mixture) => sum(NODES.map((z, i) => {
  const x = q.mean + q.sd * z;
  return NODE_WEIGHTS[i] * (logDensity(x, q) - logParts(x, mixture)[2]);
}));

function bothFits({ start = -2, ...truth }) {
  const mixture = twoPeaks(truth);
  const forward = forwardSteps(mixture, start).at(-1), reverse = reverseSteps(mixture, start).at(-1);
  const p = FIT_PLACES.map((x) => Math.exp(logParts(x, mixture)[2]));
  return {
    x: FIT_PLACES,
    p,
    around_p_x: [FIT_PLACES[0], ...FIT_PLACES, FIT_PLACES.at(-1)],
    around_p_y: [0, ...p, 0],
    forward: FIT_PLACES.map((x) => Math.exp(logDensity(x, forward))),
    reverse: FIT_PLACES.map((x) => Math.exp(logDensity(x, reverse))),
    start_x: [start],
    start_y: [0],
    forward_mean: forward.mean,
    forward_sd: forward.sd,
    reverse_mean: reverse.mean,
    reverse_sd: reverse.sd,
    forward_kl: forwardKl(mixture, forward),
    reverse_kl: reverseKl(reverse, mixture),
  };
}

function waysDown(truth) {
  const mixture = twoPeaks(truth), ways = FIT_STARTS.map((start) => reverseSteps(mixture, start));
  const ends = ways.map((way) => way.at(-1));
  return {
    ...Object.fromEntries(ways.map((way, i) => [`way_${i}`, way.slice(0, FIT_SHOWN).map((q) => q.mean)])),
    steps: Array.from({ length: FIT_SHOWN }, (_, i) => i),
    end_x: ends.map(() => FIT_SHOWN + 1),
    end_y: ends.map((q) => q.mean),
    kl: ends.map((q) => reverseKl(q, mixture)),
  };
}

/** So many draws of the standard Gaussian, as subjects/gaussians.py makes them. */
function gaussianDraws(n, seed) {
  const u = randomSample(seed, 2 * n);
  return Array.from({ length: n }, (_, i) =>
    Math.sqrt(-2 * Math.log(1 - u[i])) * Math.cos(2 * Math.PI * u[n + i]));
}

function runningMeans(values) {
  let total = 0;
  return values.map((value, i) => (total += value) / (i + 1));
}

/** The running means of k1, k2, k3 over draws with these log ratios, beside the true KL. */
function runningEstimates(logRatio, kl) {
  const means = [(l) => -l, (l) => (l * l) / 2, (l) => Math.expm1(l) - l].map((k) => runningMeans(logRatio.map(k)));
  const top = Math.max(4 * kl, 0.01), draws = logRatio.length;
  const [k1, k2, k3] = means.map((k) => k.map((x) => Math.min(top, Math.max(-top, x))));
  return {
    i: means[0].map((_, i) => i + 1),
    k1, k2, k3,
    ends: [1, 1000],
    kl_line: [kl, kl],
    kl,
    around: [-top, top],
    last: means.map((k) => k.at(-1)),
    draws,
    of_draws: draws === 1 ? "draw" : "draws",
    below: means[0].filter((x) => x < 0).length,
  };
}

function estimated({ shift = 0.5, draws = 300, seed = 1 }) {
  const logRatio = gaussianDraws(draws, seed).map((x) => shift * x - shift ** 2 / 2);
  return runningEstimates(logRatio, shift ** 2 / 2);
}

NUMBERS.both_fits = bothFits;
NUMBERS.ways_down = waysDown;
NUMBERS.estimated = estimated;
