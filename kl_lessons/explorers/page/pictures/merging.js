// The numbers of plots/merging.py.

/** The order of the classes with those that are merged at the end. */
function mergedLast(outcomes, merged) {
  const two = merged ?? [outcomes - 2, outcomes - 1];
  return [...Array.from({ length: outcomes }, (_, i) => i).filter((i) => !two.includes(i)), ...two];
}

NUMBERS.merged_classes = ({ p: givenP, q: givenQ, merged = null, labels = null }) => {
  const order = mergedLast(givenP.length, merged), texts = outcomeNames(givenP.length, labels);
  const [p, q, names] = [givenP, givenQ, texts].map((values) => order.map((i) => values[i]));
  const last = p.length - 1, at = p.map((_, i) => Math.min(i, last - 0.5)).fill(last - 0.5, last - 1);
  const from = (values) => values.map((_, i) => (i === last ? values[last - 1] : 0));
  const to = (values) => values.map((x, i) => (i === last ? values[last - 1] + x : x));
  return {
    p, q, names,
    at_p: at.map((x) => x - 0.2),
    at_q: at.map((x) => x + 0.2),
    from_p: from(p),
    from_q: from(q),
    to_p: to(p),
    to_q: to(q),
    one: names[last - 1],
    other: names[last],
    both_p: to(p)[last],
    both_q: to(q)[last],
  };
};

NUMBERS.kl_merged = ({ p, q, merged = null, base = null }) => {
  const order = mergedLast(p.length, merged), alone = order.slice(0, -2), two = order.slice(-2);
  const of = (values, places) => places.map((i) => values[i]), total = (values) => sum(of(values, two));
  const after = klDivergence([...of(p, alone), total(p)], [...of(q, alone), total(q)], base);
  const inside = total(p) > 0 && total(q) > 0, kl = klDivergence(p, q, base);
  const lost = inside ? total(p) * klDivergence(normalize(of(p, two)), normalize(of(q, two)), base) : 0;
  const three = [kl, after, lost];
  return {
    stages: ["before", "merged", "lost"],
    three, kl, after, lost,
    around_three: room([...three, 0.1]),
    unit: unitOf(base),
  };
};
