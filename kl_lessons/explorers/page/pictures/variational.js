// The numbers of plots/variational.py, and of subjects/variational.py what they need.

const COIN_PRIOR = [2, 2], MOST_COUNT = 30, DEEP = 4;
const COIN_PLACES = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);

/** The logarithm of (n − 1)!, for n from 1. */
const logGamma = (n) => sum(Array.from({ length: n - 1 }, (_, k) => Math.log(k + 1)));
const logBeta = ([heads, tails]) => logGamma(heads) + logGamma(tails) - logGamma(heads + tails);
const posterior = (heads, tails) => [COIN_PRIOR[0] + heads, COIN_PRIOR[1] + tails];

function meanLogs([heads, tails]) {
  const from = (count) => -sum(Array.from({ length: heads + tails - count }, (_, k) => 1 / (count + k)));
  return [from(heads), from(tails)];
}

function klBeta(p, q) {
  const logs = meanLogs(p), apart = sum(p.map((count, i) => (count - q[i]) * logs[i]));
  return Math.max(0, logBeta(q) - logBeta(p) + apart);
}

function elbo(q, heads, tails) {
  const [logHeads, logTails] = meanLogs(q);
  return heads * logHeads + tails * logTails - klBeta(q, COIN_PRIOR);
}

function coinDensity([heads, tails]) {
  const size = logBeta([heads, tails]);
  return COIN_PLACES.map((coin) => Math.exp((heads - 1) * Math.log(coin) + (tails - 1) * Math.log(1 - coin) - size));
}

NUMBERS.believed_coin = ({ heads = 7, tails = 3, a = 4, b = 4 }) => {
  const exact = posterior(heads, tails), p = coinDensity(exact), q = coinDensity([a, b]);
  return {
    coins: COIN_PLACES,
    q,
    around_p_x: [0, ...COIN_PLACES, 1],
    around_p_y: [0, ...p, 0],
    around: [0, scale(largest([...p, ...q]))],
    exact,
    believed: [a, b],
    mean_p: exact[0] / sum(exact),
    mean_q: a / (a + b),
  };
};

NUMBERS.bounded = ({ heads = 7, tails = 3, a = 4, b = 4, base = null }) => {
  const size = Math.log(base ?? Math.E), exact = posterior(heads, tails);
  const evidence = (logBeta(exact) - logBeta(COIN_PRIOR)) / size, low = evidence - DEEP;
  const counts = Array.from({ length: MOST_COUNT }, (_, i) => i + 1);
  const elbos = counts.map((count) => elbo([count, b], heads, tails) / size), here = elbos[a - 1];
  return {
    counts,
    elbos: elbos.map((x) => Math.max(x, low)),
    ends: [1, MOST_COUNT],
    ceiling: [evidence, evidence],
    around: [low, evidence + 0.5],
    at: [a],
    dot: [Math.max(here, low)],
    top: [evidence],
    elbo: here,
    kl: klBeta([a, b], exact) / size,
    evidence,
    b,
    unit: unitOf(base),
  };
};
