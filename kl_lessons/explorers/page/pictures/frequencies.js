// The numbers of plots/frequencies.py.

const LAST_FLIP = 1000, LOWEST = 1e-4, HIGHEST = 10;

NUMBERS.two_terms = ({ p, q, seed = 2, base = null }) => {
  const size = Math.log(base ?? Math.E), n = marksOnTheWay(LAST_FLIP), onAxis = (x) => within(x, LOWEST, HIGHEST);
  const walks = Array.from({ length: WALKS }, (_, walk) => {
    const counts = p.map(() => 0), shares = [];
    sample(p, LAST_FLIP, WALKS * seed + walk).forEach((face, i) => {
      counts[face] += 1;
      if (n[shares.length] === i + 1) shares.push(counts.map((count) => count / (i + 1)));
    });
    return shares;
  });
  const fromP = walks.map((shares) => shares.map((observed) => klDivergence(observed, p, base)));
  const fromQ = walks[0].map((observed) => klDivergence(observed, q, base));
  const sure = fromQ.findIndex((x) => x === Infinity), known = sure < 0 ? n.length : sure;
  const mean = n.map((_, i) => sum(fromP.map((walk) => walk[i])) / WALKS);
  const freedom = p.filter((x) => x > 0).length - 1, guide = n.map((flips) => freedom / (2 * flips) / size);
  return {
    n,
    known_n: n.slice(0, known),
    from_q: fromQ.slice(0, known).map(onAxis),
    from_p: fromP[0].map(onAxis),
    mean: mean.map(onAxis),
    guide: guide.map(onAxis),
    spreads: freedom > 0,
    sure_x: n.slice(known, known + 1),
    sure_y: sure < 0 ? [] : [HIGHEST],
    flips: LAST_FLIP,
    walks: WALKS,
    last_q: fromQ.at(-1),
    last_p: fromP[0].at(-1),
    last_mean: mean.at(-1),
    last_guide: guide.at(-1),
    unit: unitOf(base),
  };
};

NUMBERS.types = ({ p, n = 20, share = 0.75, base = null }) => {
  const heads = p[0], coin = [heads, 1 - heads], size = Math.log(base ?? Math.E), k = Math.floor(share * n + 0.5);
  const factorial = [0];  // the logarithms of 0!, 1!, …
  for (let i = 1; i <= n; i++) factorial.push(factorial.at(-1) + Math.log(i));
  const times = (count, x) => (count ? count * Math.log(x) : 0);
  const logs = factorial.map((of, i) =>
    (factorial[n] - of - factorial[n - i] + (times(i, coin[0]) + times(n - i, coin[1]))) / size);
  const at = logs.map((_, i) => i / n).filter((_, i) => Number.isFinite(logs[i]));
  const rates = logs.filter(Number.isFinite).map((x) => -x / n), klAt = (f) => klDivergence([f, 1 - f], coin, base);
  const drawn = Array.from({ length: 101 }, (_, i) => [i / 100, klAt(i / 100)]).filter(([, kl]) => Number.isFinite(kl));
  const curve = drawn.map(([, kl]) => kl);
  const limits = room([...rates, ...curve, 0.1]), known = Number.isFinite(logs[k]), rate = 0 - logs[k] / n;
  const here = klAt(k / n);
  return {
    shares: at,
    rates,
    curve_x: drawn.map(([f]) => f),
    curve,
    around: limits,
    here_x: [k / n],
    here_y: [known ? rate : limits[1]],
    gap_x: known ? [k / n, k / n] : [],
    gap_y: known ? [here, rate] : [],
    sure_x: known ? [] : [k / n],
    sure_y: known ? [] : [limits[1]],
    n, k,
    log_pr: logs[k],
    rate,
    kl: here,
    unit: unitOf(base),
  };
};
