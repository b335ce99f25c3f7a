// The numbers of plots/language_models.py, and of subjects/language_models.py what they need.

const SIGNS = 97;  // of language_models.ALPHABET
const visible = (sign) => ({ " ": "␣", "\n": "↵" })[sign] ?? (sign > " " ? sign : "�");

NUMBERS.costs_by_order = ({ costs, pseudocount = 0.1 }) => {
  const top = 6, { orders, training, blended } = costs;  // bits a sign
  const logs = (met, extra) => sum(met.map(([count, times]) => times * Math.log2(count + extra)));
  const heldOut = costs.seen.map((seen, i) => {
    if (pseudocount === 0 && seen.some(([count]) => count === 0)) return Infinity;
    return (logs(costs.totals[i], SIGNS * pseudocount) - logs(seen, pseudocount)) / sum(seen.map(([, times]) => times));
  });
  const places = orders.map((_, i) => i), finite = (i) => Number.isFinite(heldOut[i]);
  const some = places.filter(finite), others = places.filter((i) => !finite(i));
  const lowest = heldOut.indexOf(Math.min(...heldOut)), blend = blended.indexOf(Math.min(...blended));
  const mark = Math.min(heldOut[lowest], top);
  return {
    names: orders.map(String),
    at: places,
    training, blended,
    finite_x: some,
    finite_y: some.map((i) => heldOut[i]),
    infinite_x: others,
    infinite_y: others.map(() => top),
    lowest_x: some.length ? [lowest] : [],
    lowest_y: some.length ? [mark] : [],
    mark_x: [lowest],
    mark_y: [mark],
    any_finite: some.length > 0,
    case: !some.length ? 2 : Number(others.length > 0),
    infinite: others.length,
    orders: orders.length,
    pseudocount,
    lowest: orders[lowest],
    cost: heldOut[lowest],
    perplexity: 2 ** heldOut[lowest],
    blend_lowest: orders[blend],
    blend_cost: blended[blend],
    blend_perplexity: 2 ** blended[blend],
  };
};

const COUNTED = new Map();  // by corpus and context: where the context is followed, and how often by which sign

/** What follows the context in the text: found when it is first asked for, among what follows all but its first sign. */
function followers(text, context) {
  if (!COUNTED.has(text)) COUNTED.set(text, new Map());
  const known = COUNTED.get(text);
  if (!known.has(context)) {
    const places = [], counts = new Map(), length = context.length;
    if (length > 1) {
      const before = context[0];
      for (const at of followers(text, context.slice(1)).places) if (text[at - length] === before) places.push(at);
    } else if (length) {
      for (let at = text.indexOf(context); at >= 0; at = text.indexOf(context, at + 1)) places.push(at + 1);
    }
    const tell = (sign) => counts.set(sign, (counts.get(sign) ?? 0) + 1);
    if (length) places.forEach((at) => { if (at < text.length) tell(text[at]); });
    else for (let at = 0; at < text.length; at++) tell(text[at]);
    known.set(context, { places, counts, total: sum([...counts.values()]) });
  }
  return known.get(context);
}

/** The belief in the sign after the context: the blend of Witten and Bell. */
function blendedBelief(corpus, context, sign) {
  let q = 1 / SIGNS;
  for (let length = 0; length <= context.length; length++) {
    const { counts, total } = followers(corpus.text, context.slice(context.length - length));
    if (total) q = ((counts.get(sign) ?? 0) + counts.size * q) / (total + counts.size);
  }
  return q;
}

NUMBERS.surprised = ({ text, corpus, order = 3 }) => {
  const places = 120, darkest = 12, named = 5;
  const beginning = Array.from(text.slice(0, 8 * places)).slice(0, 4 * places).join("");
  const line = [...beginning.normalize("NFC")], seen = line.slice(0, places);
  const judged = seen.map((sign) => corpus.alphabet.includes(sign)), letters = judged.filter(Boolean).length;
  if (!letters) {
    throw new RangeError(`text is '${[...beginning].slice(0, 20).join("")}': give one with at least one sign, such as 'a'`);
  }
  let context = "";
  const bits = seen.map((sign, i) => {
    const surprise = judged[i] ? -Math.log2(blendedBelief(corpus, context, sign)) : 0;
    context = judged[i] && order ? (context + sign).slice(-order) : "";  // after another sign it begins anew
    return surprise;
  });
  const cost = sum(bits) / letters, left = Array(places - seen.length).fill("");
  const most = new Map();
  seen.map((_, i) => i).filter((i) => judged[i]).sort((a, b) => bits[b] - bits[a] || a - b)
    .forEach((i) => { if (!most.has(seen[i])) most.set(seen[i], bits[i]); });
  const unknown = [...new Set(seen.filter((_, i) => !judged[i]))];
  return {
    signs: [...seen.map((sign) => (sign === " " ? sign : visible(sign))), ...left],
    shades: [...bits.map((surprise) => Math.min(1, surprise / darkest)), ...left.map(() => 0)],
    order,
    part: line.length === seen.length ? "the text" : `its first ${seen.length} signs`,
    cost,
    perplexity: 2 ** cost,
    letters,
    dearest: [...most].slice(0, named).map(([sign, surprise]) => `${visible(sign)} ${number(surprise, 1)}`).join(", "),
    unknown: unknown.map(visible).join(" "),
    case: Number(unknown.length > 0),
  };
};

NUMBERS.warmed = ({ next_signs: { context, signs, probabilities: p }, temperature = 1, base = null }) => {
  const likeliest = 8, most = largest(p), q = normalize(p.map((x) => (x / most) ** (1 / temperature)));
  const own = p.slice(0, likeliest), others = p.length > likeliest;
  const barsOf = (values) => [...values.slice(0, likeliest), ...(others ? [sum(values.slice(likeliest))] : [])];
  const shown = barsOf(p);
  return {
    names: [...[...signs].slice(0, likeliest).map(visible), ...(others ? ["…"] : [])],
    at_p: shown.map((_, i) => i - 0.2),
    at_q: shown.map((_, i) => i + 0.2),
    p: shown,
    q: barsOf(q),
    context: [...context].map(visible).join(""),
    others: p.length - own.length,
    temperature,
    kl: klDivergence(p, q, base),
    kl_back: klDivergence(q, p, base),
    hp: entropy(p, base),
    hq: entropy(q, base),
    unit: unitOf(base),
  };
};

NUMBERS.sizes_by_coder = ({ sizes: { names, alone, seen } }) => {
  const places = names.map((_, i) => i), can = places.filter((i) => alone[i] !== null), ofAlone = can.map((i) => alone[i]);
  const [best, second = best] = places.slice().sort((a, b) => seen[a] - seen[b] || a - b);
  const asText = (bits) => ` ${number(bits, 2)}`;
  return {
    names,
    alone_at: can.map((i) => i - 0.2),
    alone: ofAlone,
    alone_text: ofAlone.map(asText),
    seen_at: places.map((i) => (alone[i] === null ? i : i + 0.2)),
    seen,
    seen_text: seen.map(asText),
    around: [0, 1.15 * largest([...seen, ...ofAlone])],
    smallest: names[best],
    next: names[second],
    least: seen[best],
    second: seen[second],
    difference: seen[second] - seen[best],
  };
};
