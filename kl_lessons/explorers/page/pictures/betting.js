// The numbers of plots/betting.py.

const BET_DAYS = 365, FACTORS = Array.from({ length: 60 }, (_, i) => (i + 1) / 20);

NUMBERS.betting = ({ p, q, days = 100, seed = 7, base = null }) => {
  const size = Math.log(base ?? Math.E), steps = p.map((x, i) => Math.log(x) - Math.log(q[i]));
  let total = 0;
  const year = sample(p, BET_DAYS, seed).map((face) => -(total += steps[face]) / size);
  const kl = klDivergence(p, q, base), known = Number.isFinite(kl);
  const ruin = year.findIndex((x) => !Number.isFinite(x)), ruined = ruin >= 0 && ruin < days;
  const played = ruined ? ruin : days, money = [0, ...year.slice(0, played)];
  const rate = known ? [0, -BET_DAYS * kl] : [0, 0];
  const around = room([...year.filter(Number.isFinite), ...rate, -1, 1]);
  return {
    day: money.map((_, i) => i),
    money,
    year: [0, BET_DAYS],
    even: [0, 0],
    rate,
    known,
    around,
    end_x: [days],
    end_y: [ruined ? around[0] : money.at(-1)],
    ruin_x: ruined ? [played + 1] : [],
    ruin_y: ruined ? [around[0]] : [],
    down: true,
    days,
    of_days: days === 1 ? "day" : "days",
    ruin_day: played + 1,
    case: Number(ruined),
    gained: money.at(-1),
    per_day: money.at(-1) / days,
    slope: 0 - kl,
    unit: unitOf(base),
  };
};

NUMBERS.tangent_gap = ({ t = 0.2 }) => ({
  factors: FACTORS,
  log: FACTORS.map(Math.log),
  tangent: FACTORS.map((x) => x - 1),
  t,
  at: [t],
  below: Math.log(t),
  above: t - 1,
  foot: [Math.log(t)],
  gap_x: [t, t],
  gap_y: [Math.log(t), t - 1],
  gap: t - 1 - Math.log(t),
});

NUMBERS.both_ways = ({ p, q, base = null }) => {
  const there = klDivergence(p, q, base), back = klDivergence(q, p, base), js = jsDivergence(p, q, base);
  const three = [there, back, js];
  return {
    ways: ["P‖Q", "Q‖P", "JS"],
    three, there, back, js,
    farthest_js: Math.log(2) / Math.log(base ?? Math.E),
    around_ways: room([...three, 0.1]),
    unit: unitOf(base),
  };
};
