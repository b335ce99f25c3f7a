// The numbers of plots/languages.py and subjects/languages.py.

/** The letters of a text in lower case, accents kept and joined; all else is left out. */
const lettersOf = (text) => [...text.toLowerCase().normalize("NFC")].filter((sign) => /\p{Ll}/u.test(sign));

function letterCounts(text, alphabet) {
  const counts = new Map([...alphabet].map((letter) => [letter, 0]));
  for (const letter of lettersOf(text)) if (counts.has(letter)) counts.set(letter, counts.get(letter) + 1);
  return [...counts.values()];
}

const smoothed = (counts, pseudocount) => normalize(counts.map((count) => count + pseudocount));

NUMBERS.divergences = ({ languages, pseudocount = 0.5, base = null }) => {
  const { names, counts } = languages;
  const truths = counts.map(normalize), beliefs = counts.map((row) => smoothed(row, pseudocount));
  const table = truths.map((p) => beliefs.map((q) => klDivergence(p, q, base)));
  const cells = table.flatMap((row, p) => row.map((kl, q) => ({ kl, p, q })));
  const infinite = cells.filter(({ kl }) => kl === Infinity);
  const apart = cells.filter(({ kl, p, q }) => p !== q && Number.isFinite(kl));
  const nothing = { kl: Infinity, p: 0, q: 0 };
  const least = apart.reduce((found, cell) => (found === null || cell.kl < found.kl ? cell : found), null) ?? nothing;
  const most = apart.reduce((found, cell) => (found === null || cell.kl > found.kl ? cell : found), null) ?? nothing;
  return {
    names, table,
    span: [-0.5, names.length - 0.5],
    infinite_x: infinite.map(({ q }) => q),
    infinite_y: infinite.map(({ p }) => p),
    infinite: infinite.length,
    pairs: cells.length - names.length,
    meaning: infinite.length ? "∞: Q gives 0 to a letter of P" : "each row is one truth",
    case: !apart.length ? 2 : Number(infinite.length > 0),
    least: least.kl,
    least_p: names[least.p],
    least_q: names[least.q],
    most: most.kl,
    most_p: names[most.p],
    most_q: names[most.q],
    unit: unitOf(base),
  };
};

NUMBERS.costs = ({ text, languages, pseudocount = 0.5, base = null }) => {
  const { names, alphabet, counts } = languages, inText = letterCounts(text, alphabet);
  if (!inText.some(Boolean)) {
    throw new RangeError(`text is '${[...text].slice(0, 20).join("")}': give one with at least one letter of these languages, such as 'a'`);
  }
  const p = normalize(inText), own = entropy(p, base);
  const beliefs = counts.map((row) => smoothed(row, pseudocount));
  const crossed = beliefs.map((q) => crossEntropy(p, q, base));
  const order = names.map((_, i) => i).sort((a, b) => (crossed[a] === crossed[b] ? a - b : crossed[a] < crossed[b] ? -1 : 1));
  const finite = crossed.filter(Number.isFinite), [best, next] = order.slice(0, 2).map((i) => crossed[i]);
  return {
    names,
    at: names.map((_, i) => i),
    own: names.map(() => own),
    costs: crossed,
    around: [0, Math.ceil(largest(finite, own) + 0.5)],
    lowest_x: [finite.length ? best : 0],
    lowest_y: [order[0]],
    any_finite: finite.length > 0,
    case: !finite.length ? 2 : Number(finite.length < crossed.length),
    first: names[order[0]],
    second: names[order[1]],
    best, next,
    entropy: own,
    extra: klDivergence(p, beliefs[order[0]], base),
    infinite: crossed.length - finite.length,
    languages: crossed.length,
    unit: unitOf(base),
  };
};

NUMBERS.tints = ({ text, languages, pseudocount = 0.5, base = null }) => {
  const places = 120, darkest = 12;  // bits
  const found = NUMBERS.costs({ text, languages, pseudocount, base });
  const belief = smoothed(languages.counts[found.lowest_y[0]], pseudocount);
  const surprises = new Map([...languages.alphabet].map((letter, i) => [letter, -Math.log2(belief[i])]));
  const line = [...text.normalize("NFC").replace(/[ \t\n\r]+/g, " ")];
  if (line.length > places) line.splice(places - 1, Infinity, "…");
  const signs = Array.from({ length: places }, (_, i) => (line[i] ?? "").replace(" ", ""));  // a space has no tile
  const each = signs.map((sign) => surprises.get(sign.toLowerCase()) ?? 0);
  const size = Math.log(base ?? Math.E) / Math.LN2, named = 5;
  const cost = (sign) => surprises.get(sign) ?? 0, letters = new Set(signs.map((sign) => sign.toLowerCase()));
  const seen = [...letters].filter(cost).sort((a, b) => (cost(a) === cost(b) ? 0 : cost(b) > cost(a) ? 1 : -1));
  const impossible = seen.filter((sign) => cost(sign) === Infinity);
  const dearest = seen.slice(0, named).map((sign) => `${sign} ${number(cost(sign) / size, 1)}`);
  return {
    signs,
    shades: each.map((bits) => Math.min(1, bits / darkest)),
    language: found.first,
    cost: found.best,
    case: Number(impossible.length > 0),
    dearest: (impossible.length ? impossible : dearest).join(", "),
    unit: found.unit,
  };
};
