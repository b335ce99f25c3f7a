// The numbers of plots/passages.py.

const WALKS = 20, ODDS = 99;

function passages({ p, q, up_to = 100, seed = 1, base = null }) {
  const size = Math.log(base ?? Math.E), goal = Math.log(ODDS) / size, low = -0.8 * goal, high = 1.25 * goal;
  const steps = p.map((share, i) => Math.log(share) - Math.log(q[i])), x = [], y = [], firsts = [];
  for (let walk = 0; walk < WALKS; walk++) {
    const way = [0];
    let total = 0, first = Infinity;
    for (const face of sample(p, up_to, WALKS * seed + walk)) {
      total += steps[face];
      way.push(within(total / size, low, high));
      if (total / size >= goal) {
        first = way.length - 1;
        break;
      }
    }
    firsts.push(first);
    const places = way.map((_, i) => i);
    x.push(...places, ...places.slice().reverse());
    y.push(...way, ...way.slice().reverse());
  }
  firsts.sort((a, b) => a - b);
  const there = firsts.filter(Number.isFinite), median = firsts[WALKS / 2 - 1];
  const kl = klDivergence(p, q, base), needed = flipsNeeded(p, q, ODDS), sure = kl === Infinity;
  const slope = Math.min(up_to, (needed * high) / goal), middle = Number.isFinite(median) ? [median] : [];
  return {
    up_to,
    ends: [0, up_to],
    around: [low, high],
    x,
    y,
    goal: [goal, goal],
    mean_x: [0, slope],
    mean_y: [0, slope > 0 ? slope * kl : high],
    firsts: there,
    below: there.map(() => 0.92 * low),
    middle,
    middle_y: middle.map(() => 0.92 * low),
    reached: there.length,
    walks: WALKS,
    median,
    needed,
    kl,
    case: !Number.isFinite(needed) ? 1 : middle.length ? (sure ? 2 : 0) : sure ? 4 : 3,
    unit: unitOf(base),
  };
}

NUMBERS.passages = passages;
