// What the hand does to the values: take one, move it, let it go; hold some, and put one as a whole.

/** What the controls' states stand for, and the values that have none, by the pictures' names. */
function valuesOf(options, state) {
  const values = { ...options.fixed };
  for (const control of options.controls) {
    const now = state[control.name];
    values[control.name] = control.kind === "choice" ? control.values[control.options.indexOf(now)] : now;
  }
  return values;
}

/** The score that gives outcome i this share of the softmax while the others stay. */
function scoreOf(share, i, scores, temperature) {
  const most = largest(scores), near = within(share, 1e-9, 1 - 1e-9);
  const others = sum(scores.map((z, j) => (j === i ? 0 : Math.exp((z - most) / temperature))));
  return most + temperature * Math.log((near / (1 - near)) * others);
}

/** The hand on an explorer's state. `change(parts, scales)` takes what it sets, `refuse(why)` hears why
 * something cannot move (nothing where it can), `settle()` that it has let go. */
function makeHand(options, state, { change, refuse, settle }) {
  const controlOf = (name) => options.controls.find((control) => control.name === name);
  const held = {};  // of a distribution, which entries are held
  const nothing = { name: null, i: null, values: null, asShare: false };
  let origin = nothing, grasped = false;  // what was taken, and the values from which it moves
  /** Q follows from its logits where it has no control of its own: its bars move the logits. */
  const byLogits = (name) => name === "q" && controlOf("q") === undefined && controlOf("logits") !== undefined;
  const temperature = () => valuesOf(options, state).temperature ?? 1;

  const moveShare = (control, value) => {
    const { name, i, values } = origin, holds = held[name] ?? [], title = control.title;
    if (i === null && holds.some(Boolean)) return refuse(`${title} is held in part: release that first.`);
    if (i === null) return change({ [name]: value.slice(0, state[name].length) }, "held");
    if (holds[i]) return refuse(`${title} of ${control.labels[i]} is held: release it to move it.`);
    if (holds.filter(Boolean).length >= values.length - 1) {
      return refuse(`${title} of ${control.labels[i]} cannot move: the others are held, and all sum to 1.`);
    }
    return change({ [name]: rescale(values, i, value, holds) }, "held");
  };
  const moveNumber = ({ name, low, high, step }, value) => {
    const near = Math.round((value - low) / step) * step + low;
    change({ [name]: within(Number(near.toFixed(9)), low, high) }, "held");
  };
  const moveScore = ({ name, low, high }, value) => {
    const score = origin.asShare ? scoreOf(value, origin.i, state[name], temperature()) : value;
    change({ [name]: state[name].map((z, j) => (j === origin.i ? within(score, low, high) : z)) }, "held");
  };

  const hand = {
    can: (name) => controlOf(name) !== undefined || byLogits(name),
    valueOf: (name) => valuesOf(options, state)[name],
    rangeOf: (name) => { const { low, high } = controlOf(name); return [low, high]; },
    digitsOf: (name) => controlOf(name).digits,
    holdsOf: (name) => held[name] ?? [],
    grasps: () => grasped,
    /** The list or the number that was taken, as it stands now. */
    value: () => (origin.asShare ? softmax(state.logits, temperature()) : state[origin.name]),
    /** Grasp entry i of a value, or the value as a whole; grasped again it moves from the same start. */
    take(wanted, i) {
      const name = byLogits(wanted) ? "logits" : wanted, asShare = name !== wanted;
      if (origin.name !== name || origin.i !== i) origin = { ...nothing, name, i, values: state[name] };
      origin.asShare = asShare;
      if (!grasped) refuse("");
      grasped = true;
    },
    move(value) {
      const control = controlOf(origin.name);
      ({ scores: moveScore, number: moveNumber, distribution: moveShare })[control.kind](control, value);
    },
    /** Move the number that was taken by a share of its range, or to one of its ends. */
    step(by) {
      const { low, high, step, log } = controlOf(origin.name), now = state[origin.name];
      if (!log) return hand.move(now + by * (high - low));
      const ratio = now * (high / low) ** by;  // but by a whole step at least
      return hand.move(by > 0 ? Math.max(now + step, ratio) : Math.min(now - step, ratio));
    },
    /** Let a number run to a value by itself, whatever the hand holds meanwhile. */
    run(name, value) { change({ [name]: value }, "held"); },
    /** What ran has stopped. */
    rest() { if (!grasped) settle(); },
    leave() {
      if (!grasped) return;
      grasped = false;
      settle();
    },
    place(name, value) {
      hand.release(name);
      refuse("");
      change({ [name]: value }, name === "base" ? "fresh" : "settled");
    },
    hold(name, i, is) {
      (held[name] ??= [])[i] = is;
      origin = nothing;  // the next move starts from what stands there now
    },
    release(name) {
      delete held[name];
      origin = nothing;
    },
    releaseAll() { options.controls.forEach(({ name }) => hand.release(name)); },
  };
  return hand;
}
