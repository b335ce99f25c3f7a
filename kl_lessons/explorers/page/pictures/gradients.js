// The numbers of plots/gradients.py.

function slopes({ p, logits, temperature = 1, base = null, labels = null }) {
  const q = softmax(logits, temperature), names = outcomeNames(p.length, labels);
  const off = q.map((x, i) => x - p[i]), mean = sum(q.map((x, i) => x * off[i]));
  const crossed = off.map((x) => x / temperature / Math.log(base ?? Math.E));
  const squared = q.map((x, i) => (x * (off[i] - mean)) / temperature);
  const most = [crossed, squared].map((gradient) => {
    const sizes = gradient.map(Math.abs);
    return sizes.indexOf(largest(sizes));
  });
  return {
    names,
    at_crossed: p.map((_, i) => i - 0.15),
    at_squared: p.map((_, i) => i + 0.15),
    crossed, squared,
    around: room([...crossed, ...squared, -0.1]),
    flat: ![...crossed, ...squared].some((x) => x !== 0),
    unit: unitOf(base),
    case: p.length <= 6 ? 0 : 1,
    most_crossed: names[most[0]],
    most_squared: names[most[1]],
    top_crossed: crossed[most[0]],
    top_squared: squared[most[1]],
  };
}

NUMBERS.slopes = slopes;
