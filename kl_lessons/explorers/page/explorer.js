// The explorer: state, pictures and controls; what the hand does is shown at once and told to Python.

const PAUSE = 100;  // milliseconds between two messages to the kernel
const PATIENCE = 4000;  // until a kernel that does not answer is mentioned

/** What the controls' states stand for, and the values that have none, by the pictures' names. */
function valuesOf(options, state) {
  const values = { ...options.fixed };
  for (const control of options.controls) {
    const now = state[control.name];
    values[control.name] = control.kind === "choice" ? control.values[control.options.indexOf(now)] : now;
  }
  return values;
}

/** Builds the explorer in `el` from a model with get, set, save_changes, send, on and off. */
function render({ model, el }) {
  const options = model.get("options"), start = structuredClone(options.start);
  const state = structuredClone(model.get("state")), inPage = options.engine === "page";
  const controlOf = (name) => options.controls.find((control) => control.name === name);
  const held = {}, origin = { name: null, i: null, values: null };
  const coarse = inPage && options.pictures.some(({ chart }) => chart.marks.some(({ kind }) => kind === "cells"));
  let grasped = false, settling = 0, timer = null, told = 0, telling = false, answered = true, waiting = null;

  // ---- the kernel

  const tell = () => {
    timer = null;
    told = performance.now();
    const asks = model.send && answered;
    if (asks) {
      answered = false;
      waiting = setTimeout(() => { quiet.hidden = answered; }, PATIENCE);
    }
    telling = true;
    model.set("state", structuredClone(state));
    telling = false;
    model.save_changes();
    if (asks) model.send({ asks: "are you there?" });
  };
  const heard = () => {
    answered = true;
    quiet.hidden = true;
    clearTimeout(waiting);
  };
  const change = (parts, scales) => {
    Object.assign(state, parts);
    show(scales);
    timer ??= setTimeout(tell, Math.max(0, told + (inPage ? PAUSE : 0) - performance.now()));
  };

  // ---- the hand

  const fresh = { ...origin, asShare: false };
  /** Q follows from its logits where it has no control of its own: its bars move the logits. */
  const byLogits = (name) => name === "q" && controlOf("q") === undefined && controlOf("logits") !== undefined;
  const shares = () => softmax(state.logits, valuesOf(options, state).temperature);
  const logitOf = (share, i) => {
    const temperature = valuesOf(options, state).temperature ?? 1, most = largest(state.logits);
    const others = sum(state.logits.map((z, j) => (j === i ? 0 : Math.exp((z - most) / temperature))));
    const near = within(share, 1e-9, 1 - 1e-9);
    return most + temperature * Math.log((near / (1 - near)) * others);
  };
  const why = (text) => { hint.textContent = text; };
  const hand = {
    can: (name) => controlOf(name) !== undefined || byLogits(name),
    valueOf: (name) => valuesOf(options, state)[name],
    rangeOf: (name) => { const { low, high } = controlOf(name); return [low, high]; },
    value: () => (origin.asShare ? shares() : state[origin.name]),
    take(wanted, i) {
      const name = byLogits(wanted) ? "logits" : wanted;
      origin.asShare = name !== wanted;
      if (grasped && origin.name === name && origin.i === i) return;
      if (origin.name !== name || origin.i !== i) Object.assign(origin, { name, i, values: state[name] });
      grasped = true;
      why("");
    },
    /** Move what was taken: an entry of a list, or a value as a whole. */
    move(wanted) {
      const value = origin.asShare ? logitOf(wanted, origin.i) : wanted;
      const { name, i, values } = origin, control = controlOf(name), holds = held[name] ?? [];
      if (control.kind === "scores") change({ [name]: state[name].map((x, j) => (j === i ? within(value, control.low, control.high) : x)) }, "held");
      else if (control.kind === "number") {
        const near = Math.round((value - control.low) / control.step) * control.step + control.low;
        change({ [name]: within(Number(near.toFixed(9)), control.low, control.high) }, "held");
      } else if (i === null) {
        if (holds.some(Boolean)) why(`${control.title} is held in part: release that first.`);
        else change({ [name]: value.slice(0, state[name].length) }, "held");
      } else if (holds[i]) why(`${control.title} of ${control.labels[i]} is held: release it to move it.`);
      else if (holds.filter(Boolean).length >= values.length - 1) {
        why(`${control.title} of ${control.labels[i]} cannot move: the others are held, and all sum to 1.`);
      } else change({ [name]: rescale(values, i, value, holds) }, "held");
      if (grasped && holds.some(Boolean)) show("held");
    },
    step(by) {
      const { low, high, step, log } = controlOf(origin.name), now = state[origin.name];
      if (!Number.isFinite(by)) hand.move(by > 0 ? high : low);
      else hand.move(log ? Math.max(now + Math.sign(by) * step, now * (high / low) ** by) * (by > 0) + (by < 0) * Math.min(now - step, now * (high / low) ** by) : now + by * (high - low));
    },
    leave() {
      if (!grasped) return;
      grasped = false;
      clearTimeout(settling);  // what is coarse is painted first, and made fine after that
      settling = coarse ? setTimeout(() => { if (!grasped) show("settled"); }, 60) : 0;
      if (!coarse) show("settled");
    },
    place(name, value) {
      release(name);
      why("");
      change({ [name]: value }, name === "base" ? "fresh" : "settled");
    },
    hold(name, i, holds) {
      (held[name] ??= [])[i] = holds;
      Object.assign(origin, fresh);  // the next move starts from what stands there now
    },
  };
  const release = (name) => {
    delete held[name];
    Object.assign(origin, fresh);
  };

  // ---- the page

  const large = element("p", { className: "kl-large" }), more = element("p", { className: "kl-more-numbers" });
  const moreNumbers = element("details", { className: "kl-more" }, element("summary", {}, "all numbers"), more);
  const head = element("div", { className: "kl-head" }, large, moreNumbers);
  const says = element("p", { className: "kl-says" }), spoken = element("p", { className: "kl-spoken", role: "status" });
  const problem = element("p", { className: "kl-problem", role: "alert", hidden: true });
  const quiet = element("p", { className: "kl-quiet", hidden: true },
    "Python does not answer just now. The picture goes on without it; what you set is told as soon as it can be.");
  const grasps = inPage && options.pictures.some(({ chart }) => chart.marks.some((mark) => mark.hand && hand.can(mark.hand)));
  const hint = element("p", { className: "kl-hint" }, grasps ? "Drag the knobs in the picture, or move the sliders." : "");
  const panels = options.pictures.map((picture) => (inPage ? makePanel(picture, options, hand) : makeKernelPanel(picture)));
  const figures = panels.map(({ node }, i) => {
    const holds = node.querySelector(".kl-handle") !== null || options.pictures[i].chart?.marks.some((mark) => mark.hand && hand.can(mark.hand));
    return element("div", { className: "kl-picture", role: holds ? "group" : "img" }, node);
  });
  const pictures = element("div", { className: "kl-pictures" }, ...figures);
  const controls = options.controls.map((control) => ({ name: control.name, ...CONTROLS[control.kind](control, hand) }));
  const both = ["p", "q"].map(controlOf), swaps = both.every((control) => control?.kind === "distribution");
  const buttons = element("div", { className: "kl-group kl-buttons" },
    ...(swaps && both[0].labels.length === both[1].labels.length ? [button("Swap P and Q", () => {
      both.forEach(({ name }) => release(name));
      change({ p: state.q, q: state.p }, "settled");
    })] : []),
    button("Reset", () => {
      options.controls.forEach(({ name }) => release(name));
      why("");
      change(structuredClone(start), "fresh");
    }));
  const units = controls.filter(({ name }) => name === "base");
  buttons.prepend(...units.map(({ node }) => node));

  let described = "";
  const describe = (sentences) => {
    figures.forEach((figure, i) => figure.setAttribute("aria-label", sentences[i]));
    if (described && described !== sentences.join(" ")) spoken.textContent = [large.textContent, ...sentences].filter(Boolean).join(". ");
    described = sentences.join(" ");
  };
  const showControls = () => controls.forEach((made) => made.show(state[made.name], held[made.name] ?? []));
  /** Draw what the numbers or the kernel's drawings are; `scales` as in panel.js. */
  const showWords = ({ sentences, big, rest }, scales) => {
    large.textContent = big;
    head.hidden = !big;
    more.textContent = rest;
    says.textContent = sentences.join(" ");
    if (scales !== "held") describe(sentences);
  };
  const show = (scales) => {
    showControls();
    if (!inPage) return;
    try {
      const values = valuesOf(options, state), computed = {};
      const numbers = options.pictures.map((picture) => (computed[picture.numbers] ??= NUMBERS[picture.numbers](values, scales === "held")));
      panels.forEach((panel, i) => panel.draw(numbers[i], scales));
      const sentences = options.pictures.map((picture, i) =>
        filled([picture.says].flat()[Array.isArray(picture.says) ? numbers[i].case : 0], numbers[i]));
      const first = options.pictures.findIndex((picture) => picture.large);
      showWords({
        sentences,
        big: first < 0 ? "" : filled(options.pictures[first].large, numbers[first]),
        rest: first < 0 ? "" : filled(options.pictures[first].more, numbers[first]),
      }, scales);
      problem.hidden = true;
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  };
  const showDrawn = () => {
    const shown = model.get("shown");
    if (shown.moving) panels.forEach((panel, i) => panel.follow(shown.backgrounds[i], shown.moving[i]));
    if (shown.says) showWords({ sentences: shown.says, big: shown.large, rest: shown.more }, grasped ? "held" : "settled");
    problem.textContent = shown.problem;
    problem.hidden = !shown.problem;
  };
  const follow = () => {
    if (timer !== null || telling || JSON.stringify(model.get("state")) === JSON.stringify(state)) return;
    Object.assign(state, structuredClone(model.get("state")));
    options.controls.forEach(({ name }) => release(name));
    show("settled");
  };

  // ---- its size and its colours

  const sizes = options.pictures.map(({ size }) => size);
  const fit = () => {
    const width = pictures.clientWidth;
    if (!width) return;
    const inches = sizes.reduce((total, [wide]) => total + wide, 0), narrow = sizes.length > 1 && width / inches < 62;
    const half = narrow && sizes.length > 2;
    sizes.forEach(([wide, tall], i) => {
      const across = !narrow ? (width * wide) / inches : half && (i || sizes.length % 2 === 0) ? width / 2 : width;
      const shown = Math.floor(Math.min(across, 110 * wide));
      const most = !narrow ? 330 : sizes.length > 2 ? 190 : 240;
      figures[i].style.width = `${shown}px`;
      panels[i].resize(shown, Math.round(within((shown * tall) / wide, Math.min(150, shown), Math.max(most, wide > 5 ? 420 : most))));
    });
  };
  const theme = () => {
    const dark = document.body.dataset.jpThemeLight === "false";
    el.classList.toggle("kl-dark", dark);
    Object.values(options.palette).forEach((colour, i) => el.style.setProperty(`--kl-ink-${i}`, dark ? colour.dark : colour.ink));
    for (const control of options.controls) if (control.quantity) {
      const made = controls.find(({ name }) => name === control.name), colour = options.palette[control.quantity];
      made.node.querySelector("legend").style.color = dark ? colour.dark : colour.formula;
    }
  };
  const watchSize = new ResizeObserver(fit), watchTheme = new MutationObserver(theme);
  watchSize.observe(pictures);
  watchTheme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });

  model.on("change:state", follow);
  model.on("msg:custom", heard);
  if (!inPage) model.on("change:shown", showDrawn);
  el.classList.add("kl-explorer");
  keepKeys(el);
  el.replaceChildren(head, pictures, hint, problem, quiet,
    element("div", { className: "kl-controls" }, ...controls.filter(({ name }) => name !== "base").map(({ node }) => node), buttons),
    says, spoken);
  theme();
  show("fresh");
  if (!inPage) showDrawn();
  fit();
  return () => {
    model.off("change:state", follow);
    model.off("msg:custom", heard);
    if (!inPage) model.off("change:shown", showDrawn);
    watchSize.disconnect();
    watchTheme.disconnect();
    clearTimeout(waiting);
    clearTimeout(settling);
    panels.forEach((panel) => panel.end());
    if (timer !== null) {
      clearTimeout(timer);
      tell();
      clearTimeout(waiting);
    }
  };
}

/** The explorer on a page without a kernel: a model that only remembers. */
function mount(el, options, state) {
  const values = { options, state, shown: null };
  return render({ el, model: {
    get: (name) => values[name], set: (name, value) => { values[name] = value; },
    save_changes() {}, on() {}, off() {},
  } });
}

/** Make every saved explorer of the page alive that is not yet. */
function mountSaved() {
  for (const saved of document.querySelectorAll(".kl-saved[data-explorer]:not(.kl-explorer)")) {
    const { options, state } = JSON.parse(saved.dataset.explorer);
    mount(saved, options, state);
  }
}
