// The numbers of plots/bells.py.

NUMBERS.two_bells = ({ mean = 1, width = 2, cut: edge = 8, bins = 80, base = null }) => {
  const [low, high] = [-8, 8], twice = (values) => values.flatMap((x) => [x, x]);
  const edges = Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins);
  const middles = edges.slice(1).map((x, i) => (x + edges[i]) / 2);
  const fine = Math.floor(1600 / bins);  // cells of each bin: what a bin holds is their sum
  const cells = Array.from({ length: bins * fine }, (_, i) => low + ((high - low) * (i + 0.5)) / (bins * fine));
  const added = (values) => normalize(middles.map((_, i) => sum(values.slice(i * fine, (i + 1) * fine))));
  const p = added(cells.map((x) => Math.exp(-(x ** 2) / 2)));
  const around = cells.map((x) => -(((x - mean) / width) ** 2) / 2), seen = cells.map((x) => Math.abs(x) <= edge);
  const most = largest(around.filter((_, i) => seen[i]));
  const q = added(around.map((x, i) => (seen[i] ? Math.exp(x - most) : 0)));
  const perUnit = bins / (high - low), terms = klTerms(p, q, base).map((x) => x * perUnit);
  const limits = room([...terms.filter(Number.isFinite), -0.1, 0.1]);
  const lost = middles.filter((_, i) => !Number.isFinite(terms[i])), x = twice(edges).slice(1, -1);
  const sides = [lost.filter((y) => y < 0).slice(-1), lost.filter((y) => y > 0).slice(0, 1)].flat();
  return {
    x,
    p: twice(p.map((y) => y * perUnit)),
    q: twice(q.map((y) => y * perUnit)),
    span: [low, high],
    around_bells: [0, 1.04 * largest([...p, ...q]) * perUnit],
    around_area: limits,
    outline_x: [low, ...x, high],
    outline_y: [0, ...twice(terms.map((y) => (Number.isFinite(y) ? y : 0))), 0],
    lost_x: sides,
    lost_y: sides.map(() => limits[1]),
    there: klDivergence(p, q, base),
    back: klDivergence(q, p, base),
    js: jsDivergence(p, q, base),
    mean, width, bins,
    unit: unitOf(base),
  };
};
