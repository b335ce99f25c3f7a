// Two distributions, computed and drawn in the page: no kernel is asked at any step.

const WIDTH = 223, HEIGHT = 209;  // of a panel, in the points that plots.py draws in
const LEFT = 30, RIGHT = 219, TOP = 18;
const MOST_AT_FULL_HEIGHT = 8;  // outcomes on a scale that ends at 1
const KERNEL_PAUSE = 100;  // milliseconds between two messages to the kernel

// ---- the measures of information.py

const sum = (values) => values.reduce((total, x) => total + x, 0);
const logarithm = (base) => (base === "bits" ? Math.log2 : Math.log);

/** p log(p/q) for each outcome; 0 log 0 is 0. */
function klTerms(p, q, base) {
  const log = logarithm(base);
  return p.map((x, i) => (x === 0 ? 0 : x * (log(x) - log(q[i]))));
}

function klDivergence(p, q, base) {
  return Math.max(0, sum(klTerms(p, q, base)));
}

function crossEntropy(p, q, base) {
  const log = logarithm(base);
  return Math.max(0, sum(p.map((x, i) => (x === 0 ? 0 : -x * log(q[i])))));
}

const entropy = (p, base) => crossEntropy(p, p, base);

/** The softmax of logits over a temperature, with the largest taken out first. */
function softmax(logits, temperature) {
  const most = Math.max(...logits);
  const weights = logits.map((z) => Math.exp((z - most) / temperature));
  const total = sum(weights);
  return weights.map((weight) => weight / total);
}

/** The gradients with respect to the logits: of cross-entropy, and of half the squared error. */
function gradients(p, logits, temperature) {
  const q = softmax(logits, temperature);
  const off = q.map((x, i) => x - p[i]);
  const mean = sum(q.map((x, i) => x * off[i]));
  return {
    crossEntropy: off.map((x) => x / temperature),
    squaredError: q.map((x, i) => (x * (off[i] - mean)) / temperature),
  };
}

// ---- words

function number(x, digits = 4) {
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  return x.toFixed(digits).replace(/^-(0\.?0*)$/, "$1").replace("-", "−");
}

function inWords({ p, q, base }) {
  const [hp, hq, hpq, hqp, kpq, kqp] = [
    entropy(p, base), entropy(q, base), crossEntropy(p, q, base), crossEntropy(q, p, base),
    klDivergence(p, q, base), klDivergence(q, p, base),
  ].map((x) => number(x));
  return `H(P) = ${hp}, H(Q) = ${hq}, H(P,Q) = ${hpq}, H(Q,P) = ${hqp}, ` +
    `KL(P‖Q) = ${kpq}, KL(Q‖P) = ${kqp} ${base}.`;
}

/** Both gradients in numbers, as plots.gradients says them. */
function gradientsInWords({ p, logits, temperature }, labels) {
  const [first, second] = Object.values(gradients(p, logits, temperature)).map((gradient) => {
    const sizes = gradient.map(Math.abs), most = sizes.indexOf(Math.max(...sizes));
    return gradient.length <= 6 ? `(${gradient.map((x) => number(x, 3)).join(", ")})`
      : `largest in size for ${labels[most]} (${number(gradient[most], 3)})`;
  });
  return `Gradient with respect to the logits: of cross-entropy in nats ${first}, ` +
    `of half the squared error ${second}.`;
}

// ---- drawing

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
}

/** The smallest of 0.1, 0.2, 0.5, 1, … that is not below `largest`, as in plots.py. */
function scale(largest) {
  if (largest <= 0.1) return 0.1;
  const decade = 10 ** Math.floor(Math.log10(largest));
  return [1, 2, 5, 10].map((step) => step * decade).find((top) => top >= largest);
}

const across = (share) => LEFT + share * (RIGHT - LEFT);

let patterns = 0;

/** A panel with a title, names below it, and a vertical scale that is drawn anew when it changes. */
function frame(title, palette, labels = []) {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  const turned = labels.length > 4 && longest > 2;
  const bottom = turned ? 196 - 4.6 * Math.min(longest, 14) : 190;
  const panel = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "kl-panel" });
  const ticks = svg("g", { class: "kl-ticks" });
  const salt = `kl-hatch-${patterns++}-${Math.random().toString(36).slice(2)}`;
  const defs = svg("defs", {}, ...Object.entries(palette).map(([name, { ink, hatch }]) => {
    const lines = {
      "//": ["M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2"], "\\\\": ["M-1,6 l2,2 M0,0 l7,7 M6,-1 l2,2"], "--": ["M0,2 h7 M0,5.5 h7"],
      xx: ["M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2", "M-1,6 l2,2 M0,0 l7,7 M6,-1 l2,2"],
    }[hatch] ?? [];
    return svg("pattern", {
      id: `${salt}-${Object.keys(palette).indexOf(name)}`, width: 7, height: 7,
      patternUnits: "userSpaceOnUse",
    }, ...lines.map((d) => svg("path", { d, stroke: ink, "stroke-width": 0.6, fill: "none" })));
  }));
  panel.append(
    svg("rect", { width: WIDTH, height: HEIGHT, fill: "#fff" }), defs, ticks,
    svg("path", { d: `M${LEFT},${TOP} V${bottom} H${RIGHT}`, stroke: "#000", fill: "none", "stroke-width": 0.8 }),
    svg("text", { x: (LEFT + RIGHT) / 2, y: 11, class: "kl-title" }, title),
  );
  labels.forEach((label, i) => {
    const x = across((i + 0.5) / labels.length), y = bottom + (turned ? 7 : 11);
    const turn = turned ? { transform: `rotate(-60 ${x} ${y})`, style: "text-anchor: end" } : {};
    const text = turned && label.length > 14 ? `${label.slice(0, 13)}…` : label;
    panel.append(svg("text", { x, y, class: "kl-label", ...turn }, text));
  });
  let low, high;
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - TOP);
  return {
    panel, y, bottom,
    value: (height) => low + ((bottom - height) / (bottom - TOP)) * (high - low),
    limits(newLow, newHigh, step) {
      if (newLow === low && newHigh === high) return;
      [low, high] = [newLow, newHigh];
      const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + (String(step).includes("25") ? 1 : 0));
      const marks = [];
      for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) marks.push(i * step);
      ticks.replaceChildren(...marks.flatMap((mark) => [
        svg("path", { d: `M${LEFT - 3},${y(mark)} h3`, stroke: "#000", "stroke-width": 0.8 }),
        svg("text", { x: LEFT - 5, y: y(mark) + 2.8, class: "kl-tick" }, number(mark, Math.min(digits, 3))),
      ]));
    },
    /** A hatched bar in the colours of a quantity; returns the function that sets its ends. */
    bar(quantity, x, width) {
      const { fill, ink } = palette[quantity];
      const index = Object.keys(palette).indexOf(quantity);
      const [solid, hatched] = [fill, `url(#${salt}-${index})`].map((paint) =>
        svg("rect", { x, width, fill: paint, stroke: ink, "stroke-width": 0.8 }));
      panel.append(solid, hatched);
      return (from, to) => {
        const [a, b] = [y(from), y(to)];
        for (const rect of [solid, hatched]) set(rect, { y: Math.min(a, b), height: Math.abs(a - b) });
      };
    },
    /** What the bars are, above them: a patch and a text at each of `places`. */
    legend(quantities, texts, places) {
      quantities.forEach((quantity, i) => {
        const { fill, ink } = palette[quantity];
        const patch = { d: `M${places[i]},4 h16 v7 h-16 z`, stroke: ink, "stroke-width": 0.8 };
        const hatched = `url(#${salt}-${Object.keys(palette).indexOf(quantity)})`;
        panel.append(svg("path", { ...patch, fill }), svg("path", { ...patch, fill: hatched }),
          svg("text", { x: places[i] + 20, y: 11, class: "kl-legend" }, texts[i]));
      });
    },
    infinity(x) {
      const sign = svg("text", { x, y: TOP + 12, class: "kl-infinity" }, "∞");
      panel.append(sign);
      return (shown) => set(sign, { visibility: shown ? "visible" : "hidden" });
    },
  };
}

const steps = (top) => (String(top).replace(/[0.]/g, "")[0] === "2" ? top / 4 : top / 5);

/** Pairs of bars that can be grasped: `grasp(name, i, value)`; `arrows` from each Q to its P. */
function distributionsPanel({ labels, palette }, grasp, arrows) {
  const { panel, y, bottom, value, limits, bar, legend } = frame("", palette, labels);
  const wide = labels.length > MOST_AT_FULL_HEIGHT;
  const room = (RIGHT - LEFT) / labels.length;
  legend(["P", "Q"], ["P, the truth", "Q, the belief"], [LEFT + 12, LEFT + 100]);
  const bars = { p: [], q: [] };
  const handles = { p: [], q: [] };
  const darts = [];
  labels.forEach((label, i) => {
    ["p", "q"].forEach((name, side) => {
      const x = across((i + 0.1 + 0.4 * side) / labels.length);
      bars[name].push(bar(name.toUpperCase(), x, room * 0.4));
      if (!grasp[name]) return;
      const handle = svg("rect", {
        x, width: room * 0.4, y: TOP - 4, height: bottom - TOP + 8, class: "kl-handle", tabindex: 0,
        role: "slider", "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 1,
        "aria-label": `${name.toUpperCase()} of ${label}, bar`,
      });
      const follow = (event) => {
        const box = panel.getBoundingClientRect();
        grasp[name](i, Math.min(1, Math.max(0, value(((event.clientY - box.top) / box.height) * HEIGHT))));
      };
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.setPointerCapture(event.pointerId);
        handle.focus({ preventScroll: true });
        follow(event);
      });
      handle.addEventListener("pointermove", (event) => {
        if (handle.hasPointerCapture(event.pointerId)) follow(event);
      });
      handle.addEventListener("keydown", (event) => {
        const now = Number(handle.getAttribute("aria-valuenow"));
        const next = {
          ArrowUp: now + 0.01, ArrowRight: now + 0.01, ArrowDown: now - 0.01, ArrowLeft: now - 0.01,
          PageUp: now + 0.1, PageDown: now - 0.1, Home: 0, End: 1,
        }[event.key];
        if (next === undefined) return;
        event.preventDefault();
        grasp[name](i, Math.min(1, Math.max(0, next)));
      });
      handles[name].push(handle);
    });
    if (arrows) {
      darts.push(svg("path", { class: "kl-dart", stroke: palette.ratio.ink }));
      panel.append(darts[i]);
    }
  });
  panel.append(...handles.p, ...handles.q);
  const draw = ({ p, q }) => {
    const top = wide ? scale(Math.max(...p, ...q)) : 1;
    limits(0, top, steps(top));
    Object.entries({ p, q }).forEach(([name, values]) => values.forEach((x, i) => {
      bars[name][i](0, x);
      if (handles[name][i]) set(handles[name][i], { "aria-valuenow": x, "aria-valuetext": number(x, 3) });
    }));
    darts.forEach((dart, i) => {
      const x = across((i + 0.7) / labels.length);
      const [from, to] = [y(q[i]), y(p[i])];
      const head = Math.min(4, Math.abs(to - from)) * Math.sign(from - to);
      set(dart, { d: `M${x},${from} V${to} m-3,${head} l3,${-head} l3,${head}` });
    });
  };
  return { panel, draw };
}

/** Bars up and down, one or more for each outcome, on a scale that follows the largest. */
function signedPanel({ labels, palette }, title, quantities, heights, texts = []) {
  const { panel, y, limits, bar, legend, infinity } = frame(title, palette, labels);
  if (texts.length) legend(quantities, texts, [LEFT - 20, LEFT + 106]);
  const width = 0.6 / quantities.length;
  const zero = svg("path", { stroke: "#000", "stroke-width": 0.8 });
  const bars = quantities.map((quantity, j) => labels.map((_, i) => bar(
    quantity, across((i + 0.2 + j * width) / labels.length), ((RIGHT - LEFT) * width) / labels.length)));
  const signs = quantities.map((_, j) => labels.map((_, i) => infinity(across((i + 0.2 + (j + 0.5) * width) / labels.length))));
  panel.append(zero);
  const draw = (state) => {
    const values = heights(state);
    const finite = values.flat().filter(Number.isFinite);
    const [top, bottom] = [scale(Math.max(0, ...finite)), scale(Math.max(0, ...finite.map((x) => -x)))];
    limits(-bottom, top * 1.04, steps(Math.max(top, bottom)));
    set(zero, { d: `M${LEFT},${y(0)} H${RIGHT}` });
    values.forEach((row, j) => row.forEach((x, i) => {
      bars[j][i](0, Math.min(x, top * 1.04));
      signs[j][i](x === Infinity);
    }));
  };
  return { panel, draw };
}

/** H(P) and KL(P‖Q) stacked beside H(P,Q), with arrows that name them. */
function decompositionPanel({ palette }) {
  const { panel, y, bottom, limits, bar, infinity } = frame("H(P,Q) = H(P) + KL(P‖Q)", palette);
  const [first, second] = [across(0.2), across(0.6)], width = 24;
  const alone = bar("H(P)", first, width), extra = bar("KL", first, width), crossed = bar("H(P,Q)", second, width);
  const signs = [infinity(first + width / 2), infinity(second + width / 2)];
  const arrows = [["H(P)", "H(P)", first - 6, "end"], ["KL", "KL(P‖Q)", first + width + 6, "start"],
    ["H(P,Q)", "H(P,Q)", second + width + 6, "start"]].map(([quantity, text, x, anchor]) => {
    const { ink } = palette[quantity];
    const line = svg("path", { stroke: ink, fill: "none" });
    const name = svg("text", { x: x + (anchor === "end" ? -3 : 3), style: `text-anchor: ${anchor}; fill: ${ink}` }, text);
    panel.append(line, name);
    return (from, to) => {
      const [a, b] = [y(from), y(to)];
      const head = a - b > 10 ? `m-3,-4 l3,4 l3,-4 M${x - 3},${b + 4} l3,-4 l3,4` : "";
      set(line, { d: `M${x},${b} V${a} ${head}` });
      set(name, { y: Math.min((a + b) / 2 + 3, bottom - 3) });
    };
  });
  const draw = ({ p, q, base }) => {
    const [low, total] = [entropy(p, base), crossEntropy(p, q, base)];
    const top = scale(Number.isFinite(total) ? total : 2 * low);
    const end = Math.min(total, top * 1.04);
    limits(0, top * 1.04, steps(top));
    alone(0, low);
    extra(low, end);
    crossed(0, end);
    [[0, low], [low, end], [0, end]].forEach(([from, to], i) => arrows[i](from, to));
    signs.forEach((sign) => sign(total === Infinity));
  };
  return { panel, draw };
}

const PANELS = {
  distributions: (options, grasp) => distributionsPanel(options, grasp, Boolean(options.logits)),
  terms: (options) => signedPanel(options, "p log(p/q), term by term", ["KL"],
    ({ p, q, base }) => [klTerms(p, q, base)]),
  gradients: (options) => signedPanel(options, "", ["KL", "ratio"],
    ({ p, logits, temperature }) => Object.values(gradients(p, logits, temperature)),
    ["gradient: cross-entropy", "squared error"]),
  decomposition: decompositionPanel,
};

// ---- the explorer

/** Builds the explorer in `el` from a model with get, set, save_changes, on and off. */
function render({ model, el }) {
  const options = model.get("options");
  const { labels, palette, start } = options;
  const withLogits = Boolean(options.logits);
  const state = structuredClone(model.get("state"));
  let timer = null, told = 0, telling = false;

  const tell = () => {
    timer = null;
    told = performance.now();
    telling = true;
    model.set("state", structuredClone(state));
    telling = false;
    model.save_changes();
  };
  const change = (parts) => {
    Object.assign(state, parts);
    show();
    timer ??= setTimeout(tell, Math.max(0, told + KERNEL_PAUSE - performance.now()));
  };
  const group = (name) => {
    const { formula } = palette[name.toUpperCase()];
    const made = distributionGroup({ title: name.toUpperCase(), labels, ink: formula }, (values) => change({ [name]: values }));
    const most = () => state[name].indexOf(Math.max(...state[name]));
    const preset = (text, values) => element("button", {
      className: "kl-button", type: "button", "aria-label": `${name.toUpperCase()} ${text}`,
      onclick: () => { made.release(); change({ [name]: values() }); },
    }, text);
    made.node.append(preset("uniform", () => labels.map(() => 1 / labels.length)),
      preset("one-hot", () => labels.map((_, i) => Number(i === most()))));
    return made;
  };
  const groups = { p: group("p"), ...(withLogits ? {} : { q: group("q") }) };
  const logits = withLogits ? labels.map((label, i) => {
    const made = numberControl({ title: `logit of ${label}`, low: -8, high: 8, step: 0.1, digits: 1 },
      (value) => change({ logits: state.logits.map((z, j) => (j === i ? value : z)) }));
    made.node.querySelector(".kl-name").textContent = label;  // the title above says: logits
    made.node.querySelector("input").style.accentColor = palette.Q.formula;
    return made;
  }) : [];
  const temperature = withLogits ? numberControl(
    { title: "temperature", low: 0.1, high: 5, step: 0.1, digits: 1 }, (value) => change({ temperature: value })) : null;
  const units = choiceControl({ title: "unit", options: ["nats", "bits"] }, (base) => change({ base }));
  const button = (text, onclick) => element("button", { className: "kl-button", type: "button", onclick }, text);
  const release = () => Object.values(groups).forEach((made) => made.release());
  const buttons = element("div", { className: "kl-group" }, units.node,
    ...(withLogits ? [] : [button("Swap P and Q", () => { release(); change({ p: state.q, q: state.p }); })]),
    button("Reset", () => { release(); change(structuredClone(start)); }));

  const grasp = Object.fromEntries(Object.entries(groups).map(([name, made]) => [name, made.move]));
  const panels = options.panels.map((name) => PANELS[name](options, grasp));
  const says = element("p", { className: "kl-says", role: "status" });
  const saysMore = element("p", { className: "kl-says-more" });
  const pictures = element("div", { className: "kl-pictures" }, ...panels.map(({ panel }, i) => {
    const picture = element("div", { className: "kl-picture", role: options.panels[i] === "distributions" ? "group" : "img" }, panel);
    picture.style.flex = `${WIDTH} 1 ${WIDTH}px`;
    picture.style.maxWidth = `${1.4 * WIDTH}px`;
    return picture;
  }));

  function logitsGroup() {
    const legend = element("legend", {}, "logits of Q");
    legend.style.color = palette.Q.formula;
    const rows = element("div", { className: "kl-rows" }, ...logits.map(({ node }) => node));
    return element("fieldset", { className: "kl-group" }, legend, rows, temperature.node);
  }

  function show() {
    if (withLogits) state.q = softmax(state.logits, state.temperature);
    panels.forEach(({ draw }) => draw(state));
    Object.entries(groups).forEach(([name, made]) => made.show(state[name]));
    logits.forEach((made, i) => made.show(state.logits[i]));
    temperature?.show(state.temperature);
    units.show(state.base);
    says.textContent = inWords(state);
    if (withLogits) saysMore.textContent = gradientsInWords(state, labels);
    const words = `${says.textContent} ${saysMore.textContent}`.trim();
    for (const picture of pictures.children) picture.setAttribute("aria-label", words);
  }
  const follow = () => {
    if (timer === null && !telling) {
      Object.assign(state, structuredClone(model.get("state")));
      show();
    }
  };
  model.on("change:state", follow);
  el.classList.add("kl-explorer");
  keepKeys(el);
  el.replaceChildren(pictures, says, ...(withLogits ? [saysMore] : []), element("div", { className: "kl-controls" },
    ...Object.values(groups).map(({ node }) => node),
    ...(withLogits ? [logitsGroup()] : []),
    buttons));
  show();
  return () => model.off("change:state", follow);
}

/** The explorer on a page without a kernel: a model that only remembers. */
function mount(el, options, state) {
  const values = { options, state };
  render({ el, model: {
    get: (name) => values[name], set: (name, value) => { values[name] = value; },
    save_changes() {}, on() {}, off() {},
  } });
}

export default { render, mount, rescale, softmax, gradients, entropy, crossEntropy, klDivergence, klTerms };
