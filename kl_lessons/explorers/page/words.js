// Numbers, units, names and scales of look.py, in words.

/** x with fixed digits, a true minus sign, commas at thousands, ∞ for infinity. */
function number(x, digits = 4) {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const [whole, rest] = Math.abs(x).toFixed(digits).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : `.${rest}`);
  return x < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

/** A probability with three digits; what is above 0 is never called 0. */
const probability = (x) => (x > 0 && x < 0.0005 ? "<0.001" : number(x, 3));

const unitOf = (base) => ({ null: "nats", 2: "bits" })[base] ?? `units of log ${base}`;

/** The template with each {name}, {name:digits} or {name:p}, of probabilities, replaced by that number, list or word. */
const filled = (template, numbers) => template.replace(/\{(\w+)(?::(\d+|p))?\}/g, (_, name, digits) => {
  const value = numbers[name];
  return typeof value === "string" ? value
    : [value].flat().map((x) => (digits === "p" ? probability(x) : number(x, Number(digits ?? 4)))).join(", ");
});

/** The names of outcomes: labels, or 1, 2, 3, … */
const outcomeNames = (outcomes, labels) => labels ?? Array.from({ length: outcomes }, (_, i) => String(i + 1));

/** A name of at most so many letters: its beginning, … and its end, where names differ. */
function cut(text, longest) {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const tail = Math.max(1, Math.floor((longest - 1) / 3));
  return `${letters.slice(0, Math.max(1, longest - 1 - tail)).join("")}…${letters.slice(-tail).join("")}`;
}

/** The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is not below `most` (nor 0.1). */
function scale(most) {
  if (most <= 0.1) return 0.1;
  const decade = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * decade).find((top) => top >= most);
}

/** The limits of an axis for bars of these values, from 0; what is ∞ gets room beyond. */
function room(values) {
  const finite = values.filter(Number.isFinite);
  const low = -largest(finite.map((x) => -x), 0), high = largest(finite, 0);
  const beyond = finite.length < values.length ? 1.12 : 1.04;
  return [low < 0 || values.includes(-Infinity) ? -beyond * scale(-low) : 0, beyond * scale(high)];
}

/** Some five even marks from low to high, in steps of 1, 2 or 5 times a power of ten. */
function ticks(low, high) {
  const fifth = (high - low) / 5, decade = 10 ** Math.floor(Math.log10(fifth));
  const step = [1, 2, 5, 10].map((s) => s * decade).find((s) => s >= 0.9 * fifth);
  const marks = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= Math.floor(high / step + 1e-9); i++) marks.push(i * step);
  return marks;
}

/** The powers of ten from low to high, with their doubles and halves if fewer than three. */
function logTicks(low, high) {
  const first = Math.floor(Math.log10(low) - 1e-9), last = Math.floor(Math.log10(high) + 1e-9);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
  const between = (marks) => marks.filter((mark) => mark > low * (1 - 1e-9) && mark < high * (1 + 1e-9));
  const alone = between(powers);
  return alone.length > 2 ? alone : between(powers.flatMap((power) => [power, 2 * power, 5 * power]));
}

/** A mark of logTicks: plain from 0.0001 to 500,000, beyond as a power of ten, 10⁶, 2·10⁶. */
function logTickName(mark) {
  const exponent = Math.floor(Math.log10(mark) + 1e-9);
  if (exponent > -5 && exponent < 6) return number(mark, Math.max(0, -exponent));
  const times = Math.round(mark / 10 ** exponent), raised = (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]);
  const power = `10${[...String(exponent)].map(raised).join("")}`;
  return times === 1 ? power : `${times}·${power}`;
}
