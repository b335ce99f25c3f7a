// The numbers of plots/autoencoder.py, and of subjects/autoencoder.py the decoder.

const FARTHEST = 3;

/** Weighted sums of x, the first row of the weights added. */
const layer = (x, [added, ...weights]) => added.map((start, j) => start + sum(x.map((value, i) => value * weights[i][j])));

/** The image that the decoder makes of a code, its rows from below. */
function decodedFrom({ decoder, pixels }, code) {
  const ink = layer(layer(code, decoder).map(Math.tanh), pixels).map((score) => (1 + Math.tanh(score / 2)) / 2);
  return upright(ink);
}

NUMBERS.paid = ({ losses: { steps, pixels, kl } }) => {
  const at = steps.map((step) => step + 1), both = pixels.map((x, i) => x + kl[i]);
  return {
    at, pixels, kl, both,
    ends: [1, at.at(-1)],
    around: [0, scale(largest(both))],
    steps: steps.at(-1),
    last_pixels: pixels.at(-1),
    last_kl: kl.at(-1),
    last: both.at(-1),
  };
};

NUMBERS.placed = ({ coded: { codes, labels }, across = 0, up = 0 }) => {
  const inside = codes.map((code) => code.every((x) => Math.abs(x) <= FARTHEST));
  const seen = codes.filter((_, i) => inside[i]);
  const apart = codes.map(([x, y]) => (x - across) ** 2 + (y - up) ** 2);
  const nearest = apart.indexOf(Math.min(...apart));
  return {
    x: seen.map(([x]) => x),
    y: seen.map(([, y]) => y),
    labels: labels.filter((_, i) => inside[i]),
    span: [-FARTHEST, FARTHEST],
    point_x: [across],
    point_y: [up],
    across, up,
    nearest: Number(labels[nearest]),
    distance: Math.sqrt(apart[nearest]),
  };
};

NUMBERS.decoded = ({ coded, across = 0, up = 0 }) => {
  const pixels = decodedFrom(coded, [across, up]);
  return { pixels, span: [-0.5, pixels.length - 0.5], across, up };
};

NUMBERS.rebuilt = ({ coded }) => {
  const above = coded.images.map(upright), side = above[0].length;
  const below = coded.codes.slice(0, above.length).map((code) => decodedFrom(coded, code));
  const inARow = (pictures) => Array.from({ length: side }, (_, i) => pictures.flatMap((picture) => [...picture[i], 0]));
  const width = above.length * (side + 1);
  const errors = above.flatMap((picture, k) => picture.flatMap((row, i) => row.map((x, j) => (below[k][i][j] - x) ** 2)));
  return {
    pixels: [...inARow(below), Array(width).fill(0), ...inARow(above)],
    across: [-0.5, width - 0.5],
    up: [-0.5, 2 * side + 0.5],
    shown: above.length,
    wrong: sum(errors) / errors.length,
  };
};
