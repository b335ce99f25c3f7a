// The numbers of plots/coins.py.

const MOST_FLIPS = 10_000;
const SPREAD = Array.from({ length: 61 }, (_, i) => 10 ** (i / 15));

/** So many outcomes that follow P, as subjects/sampling.py draws them. */
function sample(p, n, seed) {
  let total = 0;
  const below = p.map((x) => (total += x)), last = p.length - 1 - p.slice().reverse().findIndex((x) => x > 0);
  return randomSample(seed, n).map((u) => {
    const face = below.findIndex((edge) => u < edge);
    return face < 0 || face > last ? last : face;
  });
}

/** Where the walk is drawn: each of the first flips, then every fortieth part further on. */
function marksOnTheWay(flips) {
  const places = [1];
  while (places.at(-1) < flips) {
    const here = places.at(-1);
    places.push(Math.min(flips, here + Math.max(1, Math.floor(here / 40))));
  }
  return places;
}

/** log(odds) / KL(P‖Q), as subjects/coins.py has it. */
function flipsNeeded(p, q, odds = 99) {
  const kl = klDivergence(p, q, null);
  return kl > 0 ? Math.log(odds) / kl : Infinity;
}

function walked({ p, q, truth = "P", flips = 1000, seed = 1, base = null }) {
  const size = Math.log(base ?? Math.E), [real, other] = truth === "P" ? [p, q] : [q, p];
  const outcomes = sample(real, flips, seed), steps = p.map((x, i) => Math.log(x) - Math.log(q[i]));
  const counts = p.map(() => 0), ratio = [];
  let total = 0;
  for (const face of outcomes) {
    counts[face] += 1;
    ratio.push((total += steps[face]) / size);
  }
  const kl = klDivergence(real, other, base), mean = truth === "P" ? kl : 0 - kl;
  const known = Number.isFinite(mean);
  const average = sum(real.map((x, i) => (x > 0 ? x * steps[i] : 0)));
  const variance = sum(real.map((x, i) => (x > 0 ? x * (steps[i] - average) ** 2 : 0)));
  const deviation = known ? Math.sqrt(variance) / size : 0;
  const top = known ? scale(Math.abs(mean) + 0.5 * deviation) : 10;
  const places = marksOnTheWay(flips), here = places.map((i) => ratio[i - 1] / i);
  const seen = places.filter((_, k) => Number.isFinite(here[k]));
  const sure = seen.length === places.length ? [] : [places[seen.length]];
  const edge = sure.map(() => Math.sign(mean) * top);
  const i = [...seen, ...sure];
  const path = [...here.slice(0, seen.length).map((x) => Math.min(top, Math.max(-top, x))), ...edge];
  const half = SPREAD.map((flip) => (1.96 * deviation) / Math.sqrt(flip)), middle = known ? mean : 0;
  const observed = counts.map((count) => count / flips);
  const [fromQ, fromP] = [q, p].map((coin) => klDivergence(observed, coin, null) / size);
  const terms = [fromQ, fromP, fromQ - fromP], needed = flipsNeeded(real, other);
  return {
    flips,
    of_flips: flips === 1 ? "flip" : "flips",
    truth, i,
    ratio: path,
    around: [-top, top],
    band_x: [...SPREAD, ...SPREAD.slice().reverse()],
    band_y: [...half.map((x) => middle + x), ...half.map((x) => middle - x).slice().reverse()],
    known,
    ends: [1, MOST_FLIPS],
    mean: known ? [mean, mean] : [0, 0],
    settled: mean,
    here: here.at(-1),
    end_x: [flips],
    end_y: path.slice(-1),
    sure_x: sure,
    sure_y: edge,
    sinks: mean < 0,
    needed,
    kl,
    case: !known ? 1 : needed === Infinity ? 2 : 0,
    observed,
    two_terms: terms.slice(0, 2),
    split_names: ["KL(p̂‖Q)", "KL(p̂‖P)", "difference"],
    around_split: room(terms),
    no_split: !terms.some((x) => Number.isFinite(x) && x !== 0),
    from_q: fromQ,
    from_p: fromP,
    difference: fromQ - fromP,
    unit: unitOf(base),
  };
}

NUMBERS.walked = walked;
