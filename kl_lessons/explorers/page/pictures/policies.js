// The numbers of plots/policies.py, and of subjects/policies.py what they need.

const PRICES = Array.from({ length: 251 }, (_, i) => 10 ** ((150 - i) / 50));

/** π* ∝ p exp(reward / β). */
function leashedBy(p, reward, beta) {
  const best = largest(reward.filter((_, i) => p[i] > 0));
  return normalize(p.map((x, i) => (x > 0 ? x * Math.exp((reward[i] - best) / beta) : 0)));
}

/** KL(π*‖p), the mean rating and the mean use of the best policy. */
function onFrontier({ p, rating, use }, beta) {
  const q = leashedBy(p, rating, beta), mean = (reward) => sum(q.map((x, i) => x * reward[i]));
  return [klDivergence(q, p, null), mean(rating), mean(use)];
}

NUMBERS.leash = ({ answers, beta = 2, base = null }) => {
  const size = Math.log(base ?? Math.E), { names, p } = answers, [kl, rating, use] = onFrontier(answers, beta);
  const curves = PRICES.map((price) => onFrontier(answers, price)), uses = curves.map((point) => point[2]);
  const best = uses.indexOf(largest(uses)), rewards = [...answers.rating, ...answers.use];
  const low = Math.min(...rewards), high = largest(rewards), pad = 0.04 * Math.max(high - low, 1);
  const q = leashedBy(p, answers.rating, beta);
  return {
    beta, names, p,
    q,
    most_p: names[p.indexOf(largest(p))],
    most_q: names[q.indexOf(largest(q))],
    top_p: largest(p),
    top_q: largest(q),
    at_p: p.map((_, i) => i - 0.2),
    at_q: p.map((_, i) => i + 0.2),
    kls: curves.map((point) => point[0] / size),
    ratings: curves.map((point) => point[1]),
    uses,
    around_kl: [0, (1.04 * Math.max(curves.at(-1)[0], 0.1)) / size],
    around: [low - pad, high + pad],
    kl_here: [kl / size],
    rating_here: [rating],
    use_here: [use],
    kl: kl / size,
    rating, use,
    nats: kl,
    objective: rating - beta * kl,
    best_use: uses[best],
    best_kl: curves[best][0] / size,
    unit: unitOf(base),
  };
};

NUMBERS.penalized = ({ answers: { p, rating }, beta = 2, draws = 300, seed = 1 }) => {
  const q = leashedBy(p, rating, beta), kl = klDivergence(q, p, null);
  const logRatio = sample(q, draws, seed).map((x) => Math.log(p[x]) - Math.log(q[x]));
  return { beta, ...runningEstimates(logRatio, kl) };
};
