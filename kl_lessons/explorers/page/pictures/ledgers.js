// The numbers of plots/ledgers.py.

const YEAR = 365, ACROSS = 8;

function yearOfDays({ p, q, days = YEAR, seed = 1, base = null, labels = null }) {
  const year = sample(p, YEAR, seed), log = logarithm(base), names = outcomeNames(p.length, labels);
  const totals = [p, q].map((belief) => {
    let total = 0;
    return year.map((kind) => (total += 0 - log(belief[kind])));
  });
  const top = largest(totals.flat().filter(Number.isFinite), 0) || 1;
  const [knows, believes] = totals.map((total) => [0, ...total.slice(0, days)]);
  const seen = believes.filter(Number.isFinite), shocked = seen.length <= days ? [seen.length] : [];
  const kl = klDivergence(p, q, base), finite = Number.isFinite(kl), ledger = knows.map((_, i) => i);
  const gap = believes[days] - knows[days], began = ledger.slice(0, seen.length);
  const lie = p.map(() => 0);  // how many lie in each pile
  const dotsOf = year.slice(0, days).map((kind) => {
    const below = lie[kind]++;
    return [kind + 0.1 * (below % ACROSS) - 0.35, Math.floor(below / ACROSS)];
  });
  const [x, y] = [0, 1].map((axis) => dotsOf.map((dot) => dot[axis]));
  const most = largest(p.map((_, face) => year.filter((kind) => kind === face).length));
  const rows = Math.ceil(most / ACROSS);
  return {
    days,
    of_days: days === 1 ? "day" : "days",
    day: ledger,
    knows,
    seen: began,
    believes: seen,
    gap_x: [...began, ...began.slice().reverse()],
    gap_y: [...seen, ...knows.slice(0, seen.length).reverse()],
    mean: knows.map((total, i) => (finite ? total + kl * i : 0)),
    known: finite,
    shocked_x: shocked,
    shocked_y: shocked.map(() => 1.04 * top),
    leap_x: shocked.flatMap((day) => [day - 1, day]),
    leap_y: shocked.flatMap(() => [seen.at(-1), 1.04 * top]),
    around: [0, 1.04 * top],
    total_p: knows[days],
    total_q: believes[days],
    gap,
    a_day: days ? gap / days : 0,
    kl,
    case: !days ? 1 : shocked.length ? 2 : 0,
    impossible: shocked.length ? names[year[seen.length - 1]] : "",
    names,
    at: p.map((_, i) => i),
    counts: lie.map(String),
    came: names.map((name, i) => `${name} ${lie[i]}`).join(", "),
    above: lie.map((count) => Math.ceil(count / ACROSS) + 0.04 * rows),
    fallen_x: x.slice(0, -1),
    fallen_y: y.slice(0, -1),
    newest_x: x.slice(-1),
    newest_y: y.slice(-1),
    around_pile: [-1, 1.15 * rows],
    unit: unitOf(base),
  };
}

NUMBERS.year_of_days = yearOfDays;
