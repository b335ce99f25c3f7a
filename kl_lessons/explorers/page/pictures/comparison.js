// The numbers of plots/comparison.py.

function pair({ p, q = null, logits = null, temperature = 1, base = null, labels = null, truth = "P" }) {
  q ??= softmax(logits, temperature);
  const terms = klTerms(p, q, base), kl = klDivergence(p, q, base), back = klDivergence(q, p, base);
  const alone = entropy(p, base), names = outcomeNames(p.length, labels);
  const top = Number.isFinite(kl) ? alone + kl : 2 * alone, total = sum(terms);
  const most = (values) => values.indexOf(largest(values));
  return {
    p, q, names,
    at_p: p.map((_, i) => i - 0.2),
    at_q: p.map((_, i) => i + 0.2),
    probabilities: [0, p.length > 8 ? scale(largest([...p, ...q])) : 1],
    scored: logits !== null,
    of_p: truth === "P" ? "P, the truth" : "P, the belief",
    of_q: truth === "P" ? "Q, the belief" : "Q, the truth",
    truth_first: truth === "P" ? "KL(P‖Q)" : "KL(Q‖P)",
    kl_of_truth: truth === "P" ? kl : back,
    outcomes: p.length,
    most_p: names[most(p)],
    most_q: names[most(q)],
    top_p: largest(p),
    top_q: largest(q),
    case: p.length <= 6 ? 0 : 1,
    names_and_sum: [...names, "Σ"],
    at: p.map((_, i) => i),
    terms,
    at_sum: [p.length],
    sum: [total],
    above: terms.filter((x) => x > 0).length,
    below: terms.filter((x) => x < 0).length,
    around_terms: room([...terms, total, -0.1]),
    no_terms: !terms.some((x) => Number.isFinite(x) && x !== 0),
    unit: unitOf(base),
    kl,
    kl_back: back,
    hp: alone,
    hq: entropy(q, base),
    hpq: crossEntropy(p, q, base),
    hqp: crossEntropy(q, p, base),
    nothing: top === 0,
    around_lengths: [0, scale(top) * (Number.isFinite(kl) ? 1.04 : 1.12)],
  };
}

NUMBERS.pair = pair;
