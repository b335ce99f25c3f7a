// The numbers of plots/landscape.py and plots/triangle.py.

const HEIGHT = Math.sqrt(0.75), CORNERS = [[0, 0], [1, 0], [0.5, HEIGHT]];
const HEXAGON = [[1, -1, 0], [1, 0, -1], [0, 1, -1], [-1, 1, 0], [-1, 0, 1], [0, -1, 1]];
const CURVES = [0.05, 0.1, 0.2, 0.5, 1], VISIBLE = 0.001, DARKEST = 2, CELLS = 100, RAYS = 60;

/** The distribution at the centre of each cell, row by row from below, three numbers a cell, and its logarithms. */
const CENTRES = Array.from({ length: CELLS * CELLS }, (_, k) => {
  const x = ((k % CELLS) + 0.5) / CELLS, third = (Math.floor(k / CELLS) + 0.5) / CELLS;
  const second = x - third / 2;
  return normalize([1 - second - third, second, third].map((y) => Math.max(y, 0.5 / CELLS)));
}).flat();
const LOGS = CENTRES.map(Math.log);
const ENTROPIES = Array.from({ length: CELLS * CELLS }, (_, k) => entropy(CENTRES.slice(3 * k, 3 * k + 3), null));

/** Distributions all around the edge of the triangle. */
const ENDS = [0, 1, 2].flatMap((i) => Array.from({ length: RAYS }, (_, k) => {
  const end = [0, 0, 0];
  end[i] = 1 - k / RAYS;
  end[(i + 1) % 3] += k / RAYS;
  return end;
}));

/** KL(P‖Q) of one P in nats: at each cell's centre, and, with its slope, at a share of the way from P to an end. */
function fromTruth(p) {
  const alone = entropy(p, null), [a, b, c] = p;
  return {
    ofCell: (k) => -alone - a * LOGS[3 * k] - b * LOGS[3 * k + 1] - c * LOGS[3 * k + 2],
    towards(end, share) {
      let height = -alone, slope = 0;
      for (let i = 0; i < 3; i++) {
        if (p[i] === 0) continue;
        const q = (1 - share) * p[i] + share * end[i];
        height -= p[i] * Math.log(q);
        slope -= (p[i] * (end[i] - p[i])) / q;
      }
      return [height, slope];
    },
  };
}

/** KL(Q‖P) of one P in nats, likewise. */
function fromBelief(p) {
  const logs = p.map(Math.log), [a, b, c] = logs;
  return {
    ofCell: (k) => -ENTROPIES[k] - CENTRES[3 * k] * a - CENTRES[3 * k + 1] * b - CENTRES[3 * k + 2] * c,
    towards(end, share) {
      let height = 0, slope = 0;
      for (let i = 0; i < 3; i++) {
        const q = (1 - share) * p[i] + share * end[i];
        if (q === 0) continue;
        const ratio = Math.log(q) - logs[i];
        height += q * ratio;
        slope += (end[i] - p[i]) * (ratio + 1);
      }
      return [height, slope];
    },
  };
}

/** The edges of {Q: KL ≤ level}, by Newton's steps along rays from P, on which KL is convex; the last is at most `near`. */
function outlines(kl, p, levels, ends, near) {
  const farthest = ends.map((end) => kl.towards(end, 1)[0]);
  return levels.map((level) => ends.map((end, k) => {
    if (farthest[k] <= level) return end;
    let low = 0, high = 1, share = 0.5;
    for (let i = 0; i < 100; i++) {
      const [height, slope] = kl.towards(end, share);
      if (height > level) high = share;
      else low = share;
      let next = share - (height - level) / slope;
      if (!(next > low && next < high)) next = (low + high) / 2;
      const moved = Math.abs(next - share);
      share = next;
      if (moved < near) break;
    }
    return p.map((x, i) => (1 - share) * x + share * end[i]);
  }));
}

const inPlane = ([, second, third]) => [second + third / 2, third * HEIGHT];

/** Each so-and-so-many-th cell along both sides, in the same order. */
const FINE = ENTROPIES.map((_, k) => k), COARSE = FINE.filter((k) => k % 2 === 0 && Math.floor(k / CELLS) % 2 === 0);

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
