// The numbers of plots/diffusion.py.

const BIN_WIDTH = 0.2, BIN_CENTRES = Array.from({ length: 30 }, (_, i) => ((i - 15) / 5 + (i - 14) / 5) / 2);

NUMBERS.undone = ({ walks: { names, truth, samples }, denoised = 0, denoiser = 0 }) => {
  const left = truth.length - 1 - denoised, p = truth[left], q = samples[denoiser][left];
  const apart = p.map((x, i) => x - q[i]), inside = sum(apart.map(Math.abs)), beyond = Math.abs(sum(apart));
  return {
    x: BIN_CENTRES,
    p, q,
    step: denoised,
    left,
    name: names[denoiser],
    apart: ((inside + beyond) * BIN_WIDTH) / 2,
  };
};

NUMBERS.stepwise = ({ walks, denoiser = 0 }) => {
  const kl = walks.kl[denoiser];
  return {
    step: kl.map((_, i) => i + 2),
    kl,
    ends: [1, kl.length + 2],
    around: [0, 1.04 * scale(largest(walks.kl.flat()))],
    total: sum(kl),
    name: walks.names[denoiser],
  };
};
