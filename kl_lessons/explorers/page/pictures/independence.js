// The numbers of plots/independence.py.

const BESIDE = 1.3;

NUMBERS.joint_and_product = ({ rain = 0.5, umbrella_if_rain: wet = 0.8, umbrella_if_dry: dry = 0.2, base = null }) => {
  const weather = [1 - rain, rain], carried = [dry, wet];
  const joint = weather.flatMap((day, i) => [day * (1 - carried[i]), day * carried[i]]);
  const umbrella = joint[1] + joint[3], things = [joint[0] + joint[2], umbrella];
  const product = [0, 2].flatMap((i) => things.map((thing) => (joint[i] + joint[i + 1]) * thing));
  const terms = klTerms(joint, product, base), information = klDivergence(joint, product, base);
  const numbers = {
    none_or_not: ["dry no", "dry yes", "rain no", "rain yes", "Σ"],
    joint, product, umbrella,
    across: [1 - umbrella, 1 - umbrella],
    terms, information,
    around_terms: room([...terms, information, -0.1, 0.1]),
    most: Math.log(2) / Math.log(base ?? Math.E),
    unit: unitOf(base),
  };
  const edges = [0, 1 - rain, 1];
  for (const [square, start, shares] of [["p", 0, carried], ["q", BESIDE, [umbrella, umbrella]]]) {
    ["dry", "rain"].forEach((day, i) => {
      const [left, right] = [start + edges[i], start + edges[i + 1]], from = 1 - shares[i];
      numbers[`${square}_${day}_x`] = [left, right, right, left];
      numbers[`${square}_${day}_none`] = [0, 0, from, from];
      numbers[`${square}_${day}_umbrella`] = [from, from, 1, 1];
    });
    numbers[`${square}_middles`] = [start + (1 - rain) / 2, start + 1 - rain / 2];
  }
  return numbers;
};
