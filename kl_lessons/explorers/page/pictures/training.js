// The numbers of plots/training.py and subjects/training.py.

const BINS = 10, TEMPERATURES = Array.from({ length: 26 }, (_, i) => 2 ** ((i - 10) / 5));
const placeOfLargest = (values) => values.indexOf(largest(values));

/** The mean of −log softmax(logits / temperature) of the labels, in nats. */
function lossAt({ logits, labels }, temperature) {
  return sum(logits.map((row, i) => {
    const scaled = row.map((z) => z / temperature), most = largest(scaled);
    return most - scaled[labels[i]] + Math.log(sum(scaled.map((z) => Math.exp(z - most))));
  })) / labels.length;
}

const COOLED = new WeakMap();  // of what was judged, its losses at all temperatures: no hand moves them

function lossesOf(judged) {
  if (!COOLED.has(judged)) COOLED.set(judged, TEMPERATURES.map((t) => lossAt(judged, t)));
  return COOLED.get(judged);
}

function calibration({ logits, labels }, temperature) {
  const count = Array(BINS).fill(0), sure = [...count], right = [...count];
  logits.forEach((row, i) => {
    const q = softmax(row, temperature), most = largest(q), bin = Math.min(Math.floor(most * BINS), BINS - 1);
    count[bin] += 1;
    sure[bin] += most;
    right[bin] += Number(q.indexOf(most) === labels[i]);
  });
  const each = (totals) => totals.map((total, i) => total / Math.max(count[i], 1));
  return { share: count.map((n) => n / labels.length), confidence: each(sure), accuracy: each(right) };
}

/** An image's row of pixels as a table, its rows from below. */
function upright(pixels) {
  const side = Math.sqrt(pixels.length);
  return Array.from({ length: side }, (_, i) => pixels.slice(i * side, (i + 1) * side)).reverse();
}

NUMBERS.seen = ({ replay, image = 0 }) => {
  const pixels = upright(replay.pixels[image]);
  return {
    pixels,
    span: [-0.5, pixels.length - 0.5],
    shown: image,
    class: replay.names[placeOfLargest(replay.p[image])],
  };
};

NUMBERS.believed = ({ replay, moment = 0, image = 0, base = null }) => {
  const { names } = replay, p = replay.p[image], q = softmax(replay.logits[moment][image]);
  return {
    names, p, q,
    at_p: p.map((_, i) => i - 0.2),
    at_q: p.map((_, i) => i + 0.2),
    steps: replay.steps[moment],
    hp: entropy(p, base),
    kl: klDivergence(p, q, base),
    hpq: crossEntropy(p, q, base),
    most: names[placeOfLargest(q)],
    top: largest(q),
    unit: unitOf(base),
  };
};

NUMBERS.learned = ({ replay, moment = 0, base = null }) => {
  const size = Math.log(base ?? Math.E), inUnit = (losses) => losses.map((x) => x / size);
  const training = inUnit(replay.training), test = inUnit(replay.test), floor = replay.floor / size;
  const at = replay.steps.map((step) => step + 1), best = Math.min(...test), lowest = test.indexOf(best);
  return {
    at, training, test,
    ends: [1, at.at(-1)],
    floor: [floor, floor],
    above_zero: floor > 0,
    around: [0, 1.04 * scale(largest([...training, ...test]))],
    now_x: [at[moment]],
    now_training: [training[moment]],
    now_test: [test[moment]],
    after: replay.steps[moment],
    loss: test[moment],
    training_loss: training[moment],
    hp: floor,
    above_floor: test[moment] - floor,
    best,
    best_after: replay.steps[lowest],
    unit: unitOf(base),
  };
};

NUMBERS.relied = ({ judged, temperature = 1 }) => {
  const { share, confidence, accuracy } = calibration(judged, temperature);
  const some = (values) => values.filter((_, i) => share[i] > 0);
  const mean = (values) => sum(share.map((x, i) => x * values[i]));
  return {
    at: share.map((_, i) => (i + 0.5) / BINS),
    accuracy,
    some_x: some(confidence),
    some_y: some(accuracy),
    unit_span: [0, 1],
    ece: mean(confidence.map((x, i) => Math.abs(x - accuracy[i]))),
    sure: mean(confidence),
    right: mean(accuracy),
    temperature,
    loss: lossAt(judged, temperature),
  };
};

NUMBERS.cooled = ({ judged, temperature = 1, base = null }) => {
  const size = Math.log(base ?? Math.E), here = lossAt(judged, temperature) / size;
  const curve = lossesOf(judged).map((loss) => loss / size), top = scale(2 * Math.min(...curve));
  return {
    temperatures: TEMPERATURES,
    curve,
    ends: [TEMPERATURES[0], TEMPERATURES.at(-1)],
    around: [0, top],
    now_x: [temperature],
    now_y: [Math.min(here, top)],
    temperature,
    crossed: here,
    unit: unitOf(base),
  };
};
