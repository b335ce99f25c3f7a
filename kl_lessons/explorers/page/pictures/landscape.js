// The numbers of plots/landscape.py and plots/triangle.py.

const HEIGHT = Math.sqrt(0.75), CORNERS = [[0, 0], [1, 0], [0.5, HEIGHT]];
const HEXAGON = [[1, -1, 0], [1, 0, -1], [0, 1, -1], [-1, 1, 0], [-1, 0, 1], [0, -1, 1]];
const CURVES = [0.05, 0.1, 0.2, 0.5, 1], DARKEST = 2, CELLS = 100, RAYS = 60, HALVINGS = 44;

/** The distribution at the centre of each cell, row by row from below. */
const CENTRES = Array.from({ length: CELLS * CELLS }, (_, k) => {
  const x = ((k % CELLS) + 0.5) / CELLS, third = (Math.floor(k / CELLS) + 0.5) / CELLS;
  const second = x - third / 2;
  return normalize([1 - second - third, second, third].map((y) => Math.max(y, 0.5 / CELLS)));
});

/** Distributions all around the edge of the triangle. */
const ENDS = [0, 1, 2].flatMap((i) => Array.from({ length: RAYS }, (_, k) => {
  const end = [0, 0, 0];
  end[i] = 1 - k / RAYS;
  end[(i + 1) % 3] += k / RAYS;
  return end;
}));

/** KL of three classes without an array in between: this is computed a hundred thousand times. */
function klOfThree(p0, p1, p2, q0, q1, q2) {
  const total = (p0 === 0 ? 0 : p0 * (Math.log(p0) - Math.log(q0))) +
    (p1 === 0 ? 0 : p1 * (Math.log(p1) - Math.log(q1))) + (p2 === 0 ? 0 : p2 * (Math.log(p2) - Math.log(q2)));
  return total > 0 ? total : 0;
}

/** The edges of {Q: KL ≤ level}, found by halving along each ray from P. */
function outlines(kl, p, levels, unit) {
  const [p0, p1, p2] = p;
  return levels.map((level) => ENDS.map(([e0, e1, e2]) => {
    const at = (share) => [(1 - share) * p0 + share * e0, (1 - share) * p1 + share * e1, (1 - share) * p2 + share * e2];
    if (kl(e0, e1, e2) / unit <= level) return at(1);
    let low = 0, high = 1;
    for (let i = 0; i < HALVINGS; i++) {
      const share = (low + high) / 2, rest = 1 - share;
      if (kl(rest * p0 + share * e0, rest * p1 + share * e1, rest * p2 + share * e2) / unit <= level) low = share;
      else high = share;
    }
    return at(low);
  }));
}

const inPlane = (q) => [0, 1].map((axis) => sum(CORNERS.map((corner, i) => q[i] * corner[axis])));

function landscape(klTo, { p, base = null, labels = null, level = 0.1 }) {
  const three = [...p, 0, 0].slice(0, 3), unit = Math.log(base ?? Math.E);
  const names = [...outcomeNames(p.length, labels), "3"].slice(0, 3);
  const kl = (a, b, c) => klTo(three, a, b, c);
  const edges = outlines(kl, three, [...CURVES, level], unit);
  const bound = Math.sqrt((level * unit) / 2);
  const numbers = {
    p: three,
    base_names: names.slice(0, 2),
    top_name: names.slice(2),
    cells: CENTRES.map(([a, b, c]) => Math.min(kl(a, b, c) / unit, DARKEST)),
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

NUMBERS.around_the_truth = (values) => {
  const numbers = landscape((p, a, b, c) => klOfThree(p[0], p[1], p[2], a, b, c), values);
  numbers.p.forEach((x, i) => { numbers[`edge_${i}`] = x > 0; });
  const places = [0, 1, 2].filter((i) => numbers.p[i] > 0).map((i) => besideEdge(i, 0.1));
  numbers.infinite_x = places.map(([x]) => x);
  numbers.infinite_y = places.map(([, y]) => y);
  return numbers;
};

NUMBERS.around_the_belief = (values) => {
  const numbers = landscape((p, a, b, c) => klOfThree(a, b, c, p[0], p[1], p[2]), values);
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
