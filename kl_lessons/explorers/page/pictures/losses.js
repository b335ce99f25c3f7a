// The numbers of plots/losses.py.

const TOP = 5;
const BELIEFS = Array.from({ length: 101 }, (_, i) => i / 100);
const LEADS = Array.from({ length: 101 }, (_, i) => (i - 20) / 5);
const SCORES = Array.from({ length: 61 }, (_, i) => (i - 30) / 5);

function lossOfLabel({ label = 1, belief = 0.6, base = null }) {
  const p = [label, 1 - label], q = [belief, 1 - belief], top = TOP / Math.log(base ?? Math.E);
  const curve = BELIEFS.map((x) => crossEntropy(p, [x, 1 - x], base)), known = (_, i) => Number.isFinite(curve[i]);
  const hpq = crossEntropy(p, q, base), hp = entropy(p, base), seen = Math.min(hpq, top);
  const sure = Number.isFinite(hpq) ? [] : [belief];
  return {
    label, belief,
    curve_x: BELIEFS.filter(known),
    curve_y: curve.filter(known),
    around: [0, top],
    ends: [0, 1],
    floor: [hp, hp],
    here_x: [belief],
    here_y: [seen],
    gap_x: [belief, belief],
    gap_y: [hp, seen],
    sure_x: sure,
    sure_y: sure.map(() => top),
    hpq, hp,
    kl: klDivergence(p, q, base),
    unit: unitOf(base),
  };
}

/** The pushes of cross-entropy and of half the squared error on the second of three classes. */
function pushesAt(lead) {
  const q = softmax([lead, 0, 0]), off = [q[0], q[1] - 1, q[2]];
  const mean = sum(q.map((x, i) => x * off[i]));
  return [-off[1], -q[1] * (off[1] - mean)];
}

function pushed({ lead = 4 }) {
  const curves = LEADS.map(pushesAt), [steep, flat] = pushesAt(lead);
  return {
    lead,
    leads: LEADS,
    steep: curves.map(([push]) => push),
    flat: curves.map(([, push]) => push),
    here: [lead],
    steep_here: [steep],
    flat_here: [flat],
  };
}

function logistic({ score = 1, base = null }) {
  const size = Math.log(base ?? Math.E), cost = (z) => Math.log1p(Math.exp(-z)) / size;
  return {
    score,
    belief: softmax([score, 0])[0],
    scores: SCORES,
    yes: SCORES.map(cost),
    no: SCORES.map((z) => cost(-z)),
    around: [0, 6.5 / size],
    here: [score],
    yes_here: [cost(score)],
    no_here: [cost(-score)],
    unit: unitOf(base),
  };
}

Object.assign(NUMBERS, { loss_of_label: lossOfLabel, pushed, logistic });
