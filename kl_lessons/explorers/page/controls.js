// Controls of the explorers: native inputs, each with a name and a spoken value.

/** The distribution in which entry i is `value`, as far as the held entries leave room, and the
 * others keep their proportions; if these are all 0 they share equally. */
function rescale(distribution, i, value, held = []) {
  const free = distribution.map((_, j) => j).filter((j) => j !== i && !held[j]);
  const kept = distribution.reduce((total, x, j) => (j !== i && held[j] ? total + x : total), 0);
  const left = Math.max(0, 1 - kept);
  const moved = free.length ? within(value, 0, left) : left;
  const rest = free.length ? left - moved : 0;
  const total = free.reduce((so, j) => so + distribution[j], 0);
  return distribution.map((x, j) => {
    if (j === i) return moved;
    if (held[j]) return x;
    return total > 0 ? x * (rest / total) : rest / free.length;
  });
}

/** Keeps plain keys in the explorer: JupyterLab would move to the next cell at an arrow, or worse. Escape
 * leaves it for its cell, from where JupyterLab's keys lead on. */
function keepKeys(el) {
  el.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "Escape") el.closest(".jp-Cell")?.focus();
    if (!modified && event.key !== "Tab" && event.key !== "Escape") event.stopPropagation();
  });
}

/** A slider and its number; `hand` hears `take`, `move(value)`, `leave`. `log` makes its steps ratios. */
function sliderRow(name, { low, high, step, digits, log = false, told = (value) => number(value, digits) }, hand) {
  const slider = element("input", { type: "range", min: log ? 0 : low, max: log ? 1000 : high, step: log ? 1 : step, "aria-label": name });
  const output = element("span", { className: "kl-value", "aria-hidden": "true" });
  const inSteps = (value) => within(Math.round(value / step) * step, low, high);
  const toPlace = (value) => (log ? (1000 * Math.log(value / low)) / Math.log(high / low) : value);
  let now = low, key = false;  // an arrow key is held down: a change is not yet its end
  const toValue = (place) => {
    const value = inSteps(low * (high / low) ** (place / 1000));
    return key && value === inSteps(now) ? inSteps(now + Math.sign(place - Math.round(toPlace(now))) * step) : value;
  };
  slider.addEventListener("input", () => {
    const place = Number(slider.value);
    hand.take();
    hand.move(log ? toValue(place) : place);
  });
  const leave = () => {
    key = false;
    hand.leave();
  };
  slider.addEventListener("keydown", () => { key = true; });
  slider.addEventListener("change", () => { if (!key) leave(); });
  slider.addEventListener("keyup", leave);
  slider.addEventListener("blur", leave);
  const show = (value) => {
    now = value;
    slider.value = toPlace(value);
    write(output, told(value));
    set(slider, { "aria-valuetext": output.textContent });
  };
  return { slider, output, show };
}

const nameOf = (text) => element("span", { className: "kl-name", "aria-hidden": "true", title: text }, text);

const CONTROLS = {
  /** Sliders that always sum to 1, with presets, and with holds where there are more than two. */
  distribution({ name, title, labels }, hand) {
    const group = element("fieldset", { className: "kl-group" });
    const legend = element("legend", {}, title), lines = element("div", { className: "kl-rows" });
    const holds = [];
    const rows = labels.map((label, i) => {
      const row = sliderRow(`${title} of ${label}`, { low: 0, high: 1, step: 0.01, told: probability },
        { take: () => hand.take(name, i), move: hand.move, leave: hand.leave });
      const line = element("div", { className: "kl-row" }, nameOf(label), row.slider, row.output);
      if (labels.length > 2) {
        holds.push(element("input", { type: "checkbox", "aria-label": `hold ${title} of ${label}`,
          onchange: () => hand.hold(name, i, holds[i].checked) }));
        line.append(element("label", { className: "kl-hold" }, holds[i], "hold"));
      }
      lines.append(line);
      return row;
    });
    const preset = (text, values) => button(text, () => hand.place(name, values()), `${title} ${text}`);
    group.append(legend, lines, element("div", {}, preset("uniform", () => labels.map(() => 1 / labels.length)),
      preset("one-hot", () => {
        const now = hand.valueOf(name), most = now.indexOf(largest(now));
        return labels.map((_, i) => Number(i === most));
      })));
    const upOrDown = (event) => ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    oneTabStop(rows.map((row) => row.slider), upOrDown);
    if (holds.length) oneTabStop(holds, upOrDown);
    return {
      node: group,
      show: (values, held) => {
        rows.forEach((row, i) => row.show(values[i]));
        holds.forEach((hold, i) => { hold.checked = Boolean(held[i]); });
      },
    };
  },

  /** A slider for each score of a class. */
  scores({ name, title, labels, low, high }, hand) {
    const group = element("fieldset", { className: "kl-group" }), lines = element("div", { className: "kl-rows" });
    const legend = element("legend", {}, title);
    const rows = labels.map((label, i) => {
      const row = sliderRow(`logit of ${label}`, { low, high, step: 0.1, digits: 1 },
        { take: () => hand.take(name, i), move: hand.move, leave: hand.leave });
      lines.append(element("div", { className: "kl-row" }, nameOf(label), row.slider, row.output));
      return row;
    });
    oneTabStop(rows.map((row) => row.slider), (event) => ({ ArrowDown: 1, ArrowUp: -1 })[event.key]);
    group.append(legend, lines);
    return { node: group, show: (values) => rows.forEach((row, i) => row.show(values[i])) };
  },

  number(control, hand) {
    const row = sliderRow(control.title, control, { take: () => hand.take(control.name, null), move: hand.move, leave: hand.leave });
    const line = element("div", { className: "kl-row" }, nameOf(control.title), row.slider, row.output);
    const player = control.play ? makePlayer(control, row.slider, hand) : null;
    return {
      node: element("div", { className: "kl-group" }, line, ...(player ? [player.node] : [])),
      show: row.show,
      watch: player?.watch,
      end: player?.end,
    };
  },

  /** Radio buttons for a few options, a list to choose from for more. */
  choice({ name, title, options }, hand) {
    const choose = (text) => hand.place(name, text);
    if (options.length > 5) {
      const select = element("select", { "aria-label": title, onchange: () => choose(select.value) },
        ...options.map((option) => element("option", { value: option }, option)));
      return { node: element("div", { className: "kl-row kl-group" }, nameOf(title), select), show: (value) => { select.value = value; } };
    }
    const group = `kl-${Math.random()}`;  // radios of one name are one group, wherever they stand
    const radios = options.map((option) => element("input", { type: "radio", name: group, value: option, onchange: () => choose(option) }));
    return {
      node: element("fieldset", { className: "kl-group kl-radios" }, element("legend", {}, title),
        ...radios.map((radio, i) => element("label", {}, radio, options[i]))),
      show: (value) => radios.forEach((radio) => { radio.checked = radio.value === value; }),
    };
  },

  switch({ name, title }, hand) {
    const box = element("input", { type: "checkbox", onchange: () => hand.place(name, box.checked) });
    return { node: element("label", { className: "kl-row kl-group" }, box, title), show: (value) => { box.checked = value; } };
  },

  text({ name, title }, hand) {
    const field = element("input", { type: "text", className: "kl-text", "aria-label": title, oninput: () => hand.place(name, field.value) });
    return {
      node: element("div", { className: "kl-row kl-group kl-wide" }, nameOf(title), field),
      show: (value) => { if (field.value !== value) field.value = value; },
    };
  },
};
