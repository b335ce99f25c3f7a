// The numbers of plots/codes.py.

/** Where the strings that begin with each word start and end, all strings being 0 to 1. */
function beginnings(code) {
  const widths = code.map((word) => 0.5 ** word.length);
  const start = code.map((word, i) => parseInt(word, 2) * widths[i]);
  return {
    start,
    end: start.map((from, i) => from + widths[i]),
    middle: start.map((from, i) => from + widths[i] / 2),
    sum: sum(widths),
  };
}

NUMBERS.areas = ({ bob, alice, words = null }) => {
  const numbers = { codes: ["Bob", "Alice"], words: outcomeNames(bob.length, words), bob, alice };
  [["bob", bob], ["alice", alice]].forEach(([who, code], row) => {
    for (const [key, value] of Object.entries(beginnings(code))) numbers[`${key}_${who}`] = value;
    for (const [place, rise] of [["row", 0], ["above", -0.22], ["below", 0.22]]) numbers[`${place}_${who}`] = code.map(() => row + rise);
  });
  return numbers;
};

NUMBERS.joined = ({ p, joins = 3, labels = null }) => {
  const words = outcomeNames(p.length, labels), narrowest = 0.05, gap = 0.003;
  const rows = [p.map((weight, id) => ({ weight, id, of: [id] }))];
  while (rows.length < p.length) {
    const [one, other, ...others] = [...rows.at(-1)].sort((a, b) => a.weight - b.weight || a.id - b.id);
    rows.push([...others, { weight: one.weight + other.weight, id: p.length + rows.length, of: [...one.of, ...other.of] }]);
  }
  const starts = [];  // side by side in the order of the whole tree, so that nothing jumps
  rows.at(-1)[0].of.reduce((start, outcome) => (starts[outcome] = start) + p[outcome], 0);
  const done = Math.min(joins, p.length - 1);
  const lengths = p.map((_, i) => rows.slice(1, done + 1).filter((row) => row.at(-1).of.includes(i)).length);
  const later = { start: 0, width: 0, of: [] };  // of no width where the joins are still to come
  const blocks = rows.flatMap((nodes, row) => nodes.map(({ weight, of }) =>
    ({ row, ...(row > done ? later : { start: starts[of[0]], width: weight, of }) })));
  return {
    row: blocks.map(({ row }) => row),
    above: blocks.map(({ row }) => row - 0.24),
    start: blocks.map(({ start }) => start),
    end: blocks.map(({ start, width }) => start + width),
    edge: blocks.map(({ start, width }) => start + Math.max(0, width - gap)),
    middle: blocks.map(({ start, width }) => start + width / 2),
    who: blocks.map(({ width, of }) => (width >= narrowest ? of.map((i) => words[i]).join("+") : "")),
    names: ["words", ...p.slice(1).map((_, i) => `join ${i + 1}`)],
    joins: done,
    left: p.length - done,
    case: done < p.length - 1 ? 0 : 1,
    lengths,
    mean: sum(p.map((weight, i) => weight * lengths[i])),
    hp: entropy(p, 2),
  };
};

NUMBERS.narrowed = ({ text = "HHTH", heads = 0.9, letters = 20 }) => {
  const most = 20, flips = [...text.toUpperCase()].filter((sign) => "HT".includes(sign)).slice(0, most);
  const read = Math.min(letters, flips.length), lows = [0], highs = [1];
  let low = 0, width = 1;
  for (const flip of flips.slice(0, read)) {
    low += flip === "T" ? width * heads : 0;
    width *= flip === "H" ? heads : 1 - heads;
    lows.push(low);
    highs.push(low + width);
  }
  let digits = 0;  // until all numbers that begin with so many binary digits can lie inside
  while (Math.ceil(low * 2 ** digits) + 1 > (low + width) * 2 ** digits) digits++;
  const first = Math.ceil(low * 2 ** digits), rest = Array(most - read).fill(0);
  return {
    rows: Array.from({ length: most + 1 }, (_, i) => i),
    low: [...lows, ...rest],
    high: [...highs, ...rest],
    names: ["start", ...flips, ...Array(most - flips.length).fill(""), "bits"],
    bits_from: first / 2 ** digits,
    bits_to: (first + 1) / 2 ** digits,
    from: low,
    width, read, digits,
    surprise: 0 - Math.log2(width),
    bits: digits ? first.toString(2).padStart(digits, "0") : "none",
  };
};
