// The numbers of plots/landscape.py and plots/triangle.py.

const HEIGHT = Math.sqrt(0.75), CORNERS = [[0, 0], [1, 0], [0.5, HEIGHT]];
const HEXAGON = [[1, -1, 0], [1, 0, -1], [0, 1, -1], [-1, 1, 0], [-1, 0, 1], [0, -1, 1]];
const CURVES = [0.05, 0.1, 0.2, 0.5, 1], VISIBLE = 0.001, DARKEST = 2, CELLS = 100, RAYS = 60;

/** The distribution at the centre of each cell, row by row from below, and its logarithms. */
const CENTRES = Array.from({ length: CELLS * CELLS }, (_, k) => {
  const x = ((k % CELLS) + 0.5) / CELLS, third = (Math.floor(k / CELLS) + 0.5) / CELLS;
  const second = x - third / 2;
  return normalize([1 - second - third, second, third].map((y) => Math.max(y, 0.5 / CELLS)));
});
const LOGS = CENTRES.map((q) => q.map(Math.log)), ENTROPIES = CENTRES.map((q) => entropy(q, null));

/** Distributions all around the edge of the triangle. */
const ENDS = [0, 1, 2].flatMap((i) => Array.from({ length: RAYS }, (_, k) => {
  const end = [0, 0, 0];
  end[i] = 1 - k / RAYS;
  end[(i + 1) % 3] += k / RAYS;
  return end;
}));

/** KL(P‖Q) of one P in nats, and its slope where Q moves by `step`. */
function fromTruth(p) {
  const alone = entropy(p, null);
  return {
    ofCell: (k) => p.reduce((total, x, i) => (x === 0 ? total : total - x * LOGS[k][i]), -alone),
    at: (q) => p.reduce((total, x, i) => (x === 0 ? total : total - x * Math.log(q[i])), -alone),
    slope: (q, step) => p.reduce((total, x, i) => (x === 0 ? total : total - (x * step[i]) / q[i]), 0),
  };
}

/** KL(Q‖P) of one P in nats, and its slope where Q moves by `step`. */
function fromBelief(p) {
  const logs = p.map(Math.log);
  const sumOf = (q, weight) => q.reduce((total, y, i) => (y === 0 ? total : total + weight(y, i)), 0);
  return {
    ofCell: (k) => CENTRES[k].reduce((total, y, i) => total - y * logs[i], -ENTROPIES[k]),
    at: (q) => sumOf(q, (y, i) => y * (Math.log(y) - logs[i])),
    slope: (q, step) => sumOf(q, (y, i) => step[i] * (Math.log(y) - logs[i] + 1)),
  };
}

/** The edges of {Q: KL ≤ level}, by Newton's steps along rays from P, on which KL is convex; the last is at most `near`. */
function outlines(kl, p, levels, ends, near) {
  return levels.map((level) => ends.map((end) => {
    if (kl.at(end) <= level) return end;
    const step = end.map((x, i) => x - p[i]), at = (share) => p.map((x, i) => (1 - share) * x + share * end[i]);
    let low = 0, high = 1, share = 0.5;
    for (let i = 0; i < 100; i++) {
      const q = at(share), over = kl.at(q) - level;
      if (over > 0) high = share;
      else low = share;
      let next = share - over / kl.slope(q, step);
      if (!(next > low && next < high)) next = (low + high) / 2;
      const moved = Math.abs(next - share);
      share = next;
      if (moved < near) break;
    }
    return at(share);
  }));
}

const inPlane = (q) => [0, 1].map((axis) => sum(CORNERS.map((corner, i) => q[i] * corner[axis])));

/** Each so-and-so-many-th cell along both sides, in the same order. */
const FINE = CENTRES.map((_, k) => k), COARSE = FINE.filter((k) => k % 2 === 0 && Math.floor(k / CELLS) % 2 === 0);

/** What both landscapes show; `coarse`, under the hand, has a quarter of the cells, a third of the rays, no step below a pixel. */
function landscape(direction, { p, base = null, labels = null, level = 0.1 }, coarse) {
  const three = [...p, 0, 0].slice(0, 3), unit = Math.log(base ?? Math.E), kl = direction(three);
  const names = [...outcomeNames(p.length, labels), "3"].slice(0, 3);
  const ends = coarse ? ENDS.filter((_, i) => i % 3 === 0) : ENDS;
  const edges = outlines(kl, three, [...CURVES, level].map((height) => height * unit), ends, coarse ? 1e-4 : 1e-15);
  const bound = Math.sqrt((level * unit) / 2);
  const numbers = {
    p: three,
    base_names: names.slice(0, 2),
    top_name: names.slice(2),
    cells: (coarse ? COARSE : FINE).map((k) => Math.min(Math.max(0, kl.ofCell(k)) / unit, DARKEST)),
    level,
    farthest: largest(edges.at(-1).map((q) => totalVariation(three, q))),
    bound,
    unit: unitOf(base),
  };
  const closed = (name, points) => {
    const line = [...points, points[0]].map(inPlane);
    numbers[`${name}_x`] = line.map(([x]) => x);
    numbers[`${name}_y`] = line.map(([, y]) => y);
  };
  edges.forEach((edge, i) => closed(`curve_${i}`, edge));
  closed("ball", HEXAGON.map((corner) => corner.map((x, i) => three[i] + bound * x)));
  [numbers.p_x, numbers.p_y] = inPlane(three).map((x) => [x]);
  return numbers;
}

/** The middle of the strip along the edge opposite to corner i, so far away from it. */
function besideEdge(i, far) {
  const middle = [0, 1].map((axis) => sum(CORNERS.map((corner) => corner[axis])) / 3);
  const away = middle.map((x, axis) => x - CORNERS[i][axis]), length = Math.hypot(...away);
  const [one, other] = CORNERS.filter((_, j) => j !== i);
  return [0, 1].map((axis) => (one[axis] + other[axis]) / 2 + (far * away[axis]) / length);
}

NUMBERS.around_the_truth = (values, coarse) => {
  const numbers = landscape(fromTruth, values, coarse);
  numbers.p.forEach((x, i) => { numbers[`edge_${i}`] = x > 0; });
  const places = [0, 1, 2].filter((i) => numbers.p[i] > 0).map((i) => besideEdge(i, 0.1));
  numbers.infinite_x = places.map(([x]) => x);
  numbers.infinite_y = places.map(([, y]) => y);
  return numbers;
};

/** P and Q in one triangle; the level curve goes through Q, where it is larger than the dot. */
NUMBERS.between = ({ p, q, base = null, labels = null }, coarse) => {
  const there = klDivergence(p, q, base), curved = there >= VISIBLE && there < Infinity;
  const numbers = NUMBERS.around_the_truth({ p, base, labels, level: curved ? there : 1 }, coarse);
  const three = [...q, 0, 0].slice(0, 3), [x, y] = inPlane(three);
  const back = klDivergence(q, p, base);
  return { ...numbers, q: three, q_x: [x], q_y: [y], there, back, curved, case: Number(!curved) };
};

NUMBERS.around_the_belief = (values, coarse) => {
  const numbers = landscape(fromBelief, values, coarse);
  const possible = CORNERS.filter((_, i) => numbers.p[i] > 0), somewhere = possible.length < 3;
  return {
    ...numbers, somewhere,
    case: Number(somewhere),
    finite_x: possible.map(([x]) => x),
    finite_y: possible.map(([, y]) => y),
    infinite_x: somewhere ? [0.5] : [],
    infinite_y: somewhere ? [HEIGHT / 3] : [],
  };
};
