// The explorer: pictures and controls around a state; what the hand does is shown at once.

const FINE_AFTER = 60;  // milliseconds after the hand: what was coarse is painted before it is made fine
const NO_ANSWER = "Python does not answer just now. The picture goes on without it; what you set is told as soon as it can be.";

/** Whether something of a picture can be grasped. */
const isGrasped = ({ chart }, hand) => Boolean(chart?.marks.some((mark) => mark.hand && hand.can(mark.hand)));

/** Whether the cells of a picture can be read. */
const isRead = ({ chart }) => Boolean(chart?.marks.some((mark) => mark.reads));

/** The numbers of each picture and what is said of them, as the page computes it. */
function computed(options, state, scales) {
  const values = valuesOf(options, state), byName = {};
  const numbers = options.pictures.map(({ numbers: name }) => (byName[name] ??= NUMBERS[name](values, scales === "held")));
  const says = options.pictures.map((picture, i) =>
    filled(Array.isArray(picture.says) ? picture.says[numbers[i].case] : picture.says, numbers[i]));
  const first = options.pictures.findIndex((picture) => picture.large);
  const [large, more] = ["large", "more"].map((words) => (first < 0 ? "" : filled(options.pictures[first][words], numbers[first])));
  return { numbers, says, large, more };
}

/** The texts as sentences, each with its stop. */
const asSpoken = (texts) => texts.filter(Boolean).map((text) => text.replace(/\.?$/, ".")).join(" ");

/** The words of an explorer: KL in large, the other numbers, the sentences, what is spoken, what is wrong. */
function makeWords() {
  const large = element("p", { className: "kl-large" }), more = element("p", { className: "kl-more-numbers" });
  const others = element("details", { className: "kl-more" }, element("summary", {}, "all numbers"), more);
  const head = element("div", { className: "kl-head" }, large, others);
  const says = element("p", { className: "kl-says" }), spoken = element("p", { className: "kl-spoken", role: "status" });
  const problem = element("p", { className: "kl-problem", role: "alert", hidden: true });
  let described = [];
  return {
    head, says, spoken, problem,
    show(words) {
      write(large, words.large);
      head.hidden = !words.large;
      write(more, words.more);
      others.hidden = !words.more;
      write(says, words.says.join(" "));
    },
    /** Give each picture its description; speak what is new, and the sentences that have changed. */
    describe(figures, words, news) {
      figures.forEach((figure, i) => figure.setAttribute("aria-label", words.says[i]));
      const changed = words.says.filter((text, i) => text !== described[i]);
      if (news || (described.length && changed.length)) spoken.textContent = asSpoken([news, words.large, ...changed]);
      described = words.says;
    },
    complain(text) {
      write(problem, text);
      problem.hidden = !text;
    },
  };
}

/** Swap and Reset, beside the switch of the unit. */
function makeButtons({ controls, start }, state, hand, change, unit) {
  const both = ["p", "q"].map((name) => controls.find((control) => control.name === name));
  const swaps = both.every((control) => control?.kind === "distribution");
  const swap = button("Swap P and Q", () => {
    both.forEach(({ name }) => hand.release(name));
    change({ p: state.q, q: state.p }, "settled");
  });
  const reset = button("Reset", () => {
    hand.releaseAll();
    change(structuredClone(start), "reset");
  });
  return element("div", { className: "kl-group kl-buttons" }, ...unit, ...(swaps ? [swap] : []), reset);
}

/**
 * Keeps the pictures as large as there is room for: side by side, on a phone the first above the others. A slide
 * gives them a height too: its style sets --kl-slide.
 */
function fitPictures(pictures, figures, panels, sizes) {
  const width = pictures.clientWidth, inches = sum(sizes.map(([wide]) => wide));
  if (!width) return;
  const slide = getComputedStyle(pictures).getPropertyValue("--kl-slide") !== "";
  const narrow = sizes.length > 1 && width / inches < (slide ? 45 : 62), half = narrow && sizes.length > 2 && width > 330;
  const tallest = slide ? pictures.clientHeight / (narrow ? 2 : 1) : Infinity;
  sizes.forEach(([wide, tall], i) => {
    const across = !narrow ? (width * wide) / inches : half && (i || sizes.length % 2 === 0) ? width / 2 : width;
    const shown = Math.floor(Math.min(across, 110 * wide)), most = !narrow ? 330 : half ? 190 : 240;
    const high = within((shown * tall) / wide, Math.min(150, shown), wide > 5 ? 420 : most);
    figures[i].style.width = `${shown}px`;
    panels[i].resize(shown, Math.round(Math.min(high, tallest)), tallest);
  });
}

/** Inks, legends and sliders in the colours of the page's theme. */
function useTheme(el, { palette, controls }, made) {
  const dark = document.body.dataset.jpThemeLight === "false";
  el.classList.toggle("kl-dark", dark);
  Object.values(palette).forEach((colour, i) => el.style.setProperty(`--kl-ink-${i}`, dark ? colour.dark : colour.ink));
  controls.forEach(({ quantity }, i) => {
    if (!quantity) return;
    const colour = palette[quantity][dark ? "dark" : "formula"];
    made[i].node.querySelector("legend").style.color = colour;
    made[i].node.querySelectorAll("input[type=range]").forEach((slider) => { slider.style.accentColor = colour; });
  });
}

/** Builds the explorer in `el` from a model with get, set, save_changes, send, on and off. */
function render({ model, el }) {
  const options = model.get("options"), inPage = options.engine === "page";
  const state = structuredClone(model.get("state"));
  const coarse = inPage && options.pictures.some(({ chart }) => chart.marks.some(({ kind }) => kind === "cells"));
  const asks = makeQuestions(options.questions ?? [], model);
  let settling = 0, moved = false;  // the start answers no question
  let found = null, asked = "";  // what was computed last, and of what

  const words = makeWords(), hint = element("p", { className: "kl-hint", role: "status" });
  const quiet = element("p", { className: "kl-quiet", role: "status" });  // always there: what comes into it is spoken
  const teller = makeTeller(model, state, inPage ? PAUSE : 0, (is) => write(quiet, is ? NO_ANSWER : ""));
  const change = (parts, why) => {
    const scales = why === "reset" ? "fresh" : why;
    if (scales === "fresh") hint.textContent = "";
    moved = why !== "reset";
    Object.assign(state, parts);
    show(scales);
    teller.soon();
  };
  const hand = makeHand(options, state, {
    change,
    refuse(why) {
      hint.textContent = why;
      if (why) showControls();  // a slider goes back to what holds
    },
    settle() {
      clearTimeout(settling);
      if (coarse) settling = setTimeout(() => { if (!hand.grasps()) show("settled"); }, FINE_AFTER);
      else show("settled");
      if (!inPage) showDrawn();
    },
  });

  const panels = options.pictures.map((picture) => (inPage ? makePanel(picture, options, hand) : makeKernelPanel()));
  const figures = panels.map(({ node }, i) =>
    element("div", { className: "kl-picture", role: isGrasped(options.pictures[i], hand) || isRead(options.pictures[i]) ? "group" : "img" }, node));
  const pictures = element("div", { className: "kl-pictures" }, ...figures);
  const controls = options.controls.map((control) => ({ name: control.name, ...CONTROLS[control.kind](control, hand) }));
  const [unit, others] = [true, false].map((is) => controls.filter(({ name }) => (name === "base") === is).map(({ node }) => node));
  if (options.pictures.some((picture) => isGrasped(picture, hand))) hint.textContent = "Drag the knobs in the picture, or move the sliders.";
  if (options.pictures.some(isRead)) hint.textContent = "Point at a cell, or go there with the arrow keys.";

  const showControls = () => controls.forEach((made) => made.show(state[made.name], hand.holdsOf(made.name)));
  /** Draw what the page computes of the state; `scales` as in panel.js. */
  const show = (scales) => {
    showControls();
    if (!inPage) return;
    try {
      const wanted = JSON.stringify([state, coarse && scales === "held"]);
      if (wanted !== asked) found = computed(options, state, scales);
      asked = wanted;
      panels.forEach((panel, i) => panel.draw(found.numbers[i], scales));
      words.show(found);
      if (scales !== "held") words.describe(figures, found, moved ? asks.judge(together(found.numbers, valuesOf(options, state))) : "");
      words.complain("");
    } catch (error) {
      words.complain(error.message);
    }
  };
  /** Show what the kernel has drawn. */
  const showDrawn = () => {
    const shown = model.get("shown");
    if (shown.moving) panels.forEach((panel, i) => panel.follow(shown.backgrounds[i], shown.moving[i]));
    if (shown.says) words.show(shown);
    if (shown.says && !hand.grasps()) words.describe(figures, shown, moved ? asks.judge(shown.known) : "");
    words.complain(shown.problem);
  };
  const follow = () => {
    if (teller.busy() || JSON.stringify(model.get("state")) === JSON.stringify(state)) return;
    Object.assign(state, structuredClone(model.get("state")));
    moved = true;
    hand.releaseAll();
    show("settled");
  };

  const fit = () => fitPictures(pictures, figures, panels, options.pictures.map(({ size }) => size));
  const theme = () => useTheme(el, options, controls);
  const watchSize = new ResizeObserver(fit), watchTheme = new MutationObserver(theme);
  watchSize.observe(pictures);
  controls.forEach(({ watch }) => watch?.(pictures));
  watchTheme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  model.on("change:state", follow);
  if (!inPage) model.on("change:shown", showDrawn);
  model.on("change:answered", asks.show);
  el.classList.add("kl-explorer");
  set(el, { role: "group", "aria-label": "explorer" });
  keepKeys(el);
  el.replaceChildren(words.head, pictures, hint, words.problem, quiet,
    element("div", { className: "kl-controls" }, ...others, asks.node, makeButtons(options, state, hand, change, unit)), words.says, words.spoken);
  theme();
  show("fresh");
  if (!inPage) showDrawn();
  fit();
  return () => {
    model.off("change:state", follow);
    if (!inPage) model.off("change:shown", showDrawn);
    model.off("change:answered", asks.show);
    controls.forEach(({ end }) => end?.());
    watchSize.disconnect();
    watchTheme.disconnect();
    clearTimeout(settling);
    panels.forEach((panel) => panel.end());
    teller.end();
  };
}

/** The explorer on a page without a kernel: a model that remembers, and tells the page around it. */
function mount(el, options, state) {
  const values = { options, state };
  return render({ el, model: {
    get: (name) => values[name], set: (name, value) => { values[name] = value; },
    save_changes() { el.dispatchEvent(new CustomEvent("kl-told", { detail: values.state, bubbles: true })); },
    on() {}, off() {},
  } });
}

/** Make every saved explorer of the page alive that is not yet. */
function mountSaved() {
  for (const saved of document.querySelectorAll(".kl-saved[data-explorer]:not(.kl-explorer)")) {
    const { options, state } = JSON.parse(saved.dataset.explorer);
    mount(saved, options, state);
  }
}
