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
    infinite_y: others.map(() => 5.75),
    lowest_x: some.length ? [lowest] : [],
    lowest_y: some.length ? [mark] : [],
    mark_x: [lowest],
    above: [mark + 0.25],
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

const COUNTED = new Map();  // by the text of a corpus: its signs as places in the alphabet, and what follows a context

function countedOf({ text, alphabet }) {
  if (!COUNTED.has(text)) {
    const place = new Uint8Array(65536), signs = new Uint8Array(text.length), after = Array.from(alphabet, () => []);
    for (let i = 0; i < alphabet.length; i++) place[alphabet.charCodeAt(i)] = i;
    for (let at = 0; at < text.length; at++) {
      signs[at] = place[text.charCodeAt(at)];
      if (at) after[signs[at - 1]].push(at);
    }
    COUNTED.set(text, { signs, after, contexts: new Map() });
  }
  return COUNTED.get(text);
}

/** What follows a context: counted when it is first asked for, at those places that follow all but its first sign. */
function followers(corpus, context) {
  const { signs, after, contexts } = countedOf(corpus);
  if (!contexts.has(context)) {
    const { length } = context, first = length ? corpus.alphabet.indexOf(context[0]) : -1;
    const counts = new Uint32Array(corpus.alphabet.length);
    let places = length ? after[first] : [];
    if (length > 1) places = followers(corpus, context.slice(1)).places.filter((at) => signs[at - length] === first);
    if (length) for (const at of places) counts[signs[at]] += 1;
    else for (const sign of signs) counts[sign] += 1;
    contexts.set(context, { places, counts, total: sum(counts), different: counts.filter(Boolean).length });
  }
  return contexts.get(context);
}

/** The belief in the sign after the context: the blend of Witten and Bell. */
function blendedBelief(corpus, context, sign) {
  const place = corpus.alphabet.indexOf(sign);
  let q = 1 / SIGNS;
  for (let length = 0; length <= context.length; length++) {
    const { counts, total, different } = followers(corpus, context.slice(context.length - length));
    if (total) q = (counts[place] + different * q) / (total + different);
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
  const places = names.map((_, i) => i), [best, second] = places.slice().sort((a, b) => seen[a] - seen[b] || a - b);
  const asText = (bits) => `\u00a0${number(bits, 1)}`;
  return {
    names,
    alone_at: places.map((i) => i - 0.2),
    alone,
    alone_text: alone.map(asText),
    seen_at: places.map((i) => i + 0.2),
    seen,
    seen_text: seen.map(asText),
    around: [0, 1.15 * largest([...seen, ...alone])],
    smallest: names[best],
    next: names[second],
    least: seen[best],
    second: seen[second],
    case: Number(number(seen[best], 1) === number(seen[second], 1)),
  };
};
