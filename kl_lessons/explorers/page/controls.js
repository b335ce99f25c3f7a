// Controls of the explorers: native inputs, each with a name and a spoken value.

/** The distribution in which entry i is `value`, as far as the held entries leave room, and the
 * others keep their proportions; if these are all 0 they share equally. */
function rescale(distribution, i, value, held = []) {
  const free = distribution.map((_, j) => j).filter((j) => j !== i && !held[j]);
  const kept = distribution.reduce((sum, x, j) => (j !== i && held[j] ? sum + x : sum), 0);
  const room = Math.max(0, 1 - kept);
  const moved = free.length ? Math.min(Math.max(value, 0), room) : room;
  const rest = free.length ? room - moved : 0;
  const total = free.reduce((sum, j) => sum + distribution[j], 0);
  return distribution.map((x, j) => {
    if (j === i) return moved;
    if (held[j]) return x;
    return total > 0 ? x * (rest / total) : rest / free.length;
  });
}

/** Keeps plain keys in the explorer: JupyterLab would move to the next cell at an arrow, or worse. */
function keepKeys(el) {
  el.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!modified && event.key !== "Tab" && event.key !== "Escape") event.stopPropagation();
  });
}

/** An element with properties set, attributes for names with a dash or `role`, and children. */
function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

/** A row: name, slider, number. `onMove(value)` is called with what the hand set. */
function sliderRow(name, { low, high, step, digits, ink }, onMove) {
  const slider = element("input", { type: "range", min: low, max: high, step, "aria-label": name });
  if (ink) slider.style.accentColor = ink;
  const output = element("span", { className: "kl-value", "aria-hidden": "true" });
  slider.addEventListener("input", () => onMove(Number(slider.value)));
  const show = (value) => {
    slider.value = value;
    output.textContent = value.toFixed(digits).replace("-", "−");
    slider.setAttribute("aria-valuetext", output.textContent);
  };
  return { slider, output, show };
}

/** Sliders that always sum to 1. `onMove(distribution)` is called with what the hand set. */
function distributionGroup({ title, labels, ink }, onMove) {
  let values = [];
  const held = labels.map(() => false);
  const group = element("fieldset", { className: "kl-group" });
  const legend = element("legend", {}, title);
  if (ink) legend.style.color = ink;
  const lines = element("div", { className: "kl-rows" });
  group.append(legend, lines);
  const move = (i, value) => {
    values = rescale(values, i, value, held);
    show(values);
    onMove(values);
  };
  const rows = labels.map((label, i) => {
    const row = sliderRow(`${title} of ${label}`, { low: 0, high: 1, step: 0.01, digits: 3, ink },
      (value) => move(i, value));
    const line = element("div", { className: "kl-row" },
      element("span", { className: "kl-name", "aria-hidden": "true", title: label }, label),
      row.slider, row.output);
    if (labels.length > 2) {
      row.hold = element("input", {
        type: "checkbox", "aria-label": `hold ${title} of ${label}`,
        onchange: () => { held[i] = row.hold.checked; },
      });
      line.append(element("label", { className: "kl-hold" }, row.hold, "hold"));
    }
    lines.append(line);
    return row;
  });
  function show(distribution) {
    values = distribution;
    rows.forEach((row, i) => row.show(values[i]));
  }
  function release() {
    held.fill(false);
    rows.forEach((row) => { if (row.hold) row.hold.checked = false; });
  }
  return { node: group, show, release, move };
}

/** One slider. */
function numberControl({ title, low, high, step, digits }, onMove) {
  const row = sliderRow(title, { low, high, step, digits }, (value) => { row.show(value); onMove(value); });
  const node = element("div", { className: "kl-row kl-group" },
    element("span", { className: "kl-name", "aria-hidden": "true" }, title), row.slider, row.output);
  return { node, show: row.show };
}

/** Radio buttons for a few options, a list to choose from for more. */
function choiceControl({ title, options }, onMove) {
  if (options.length > 5) {
    const select = element("select", { "aria-label": title, onchange: () => onMove(select.value) },
      ...options.map((option) => element("option", { value: option }, option)));
    return {
      node: element("div", { className: "kl-row kl-group" },
        element("span", { className: "kl-name", "aria-hidden": "true" }, title), select),
      show: (value) => { select.value = value; },
    };
  }
  const group = `kl-${Math.random()}`; // radios of one name are one group, wherever they stand
  const radios = options.map((option) => element("input", {
    type: "radio", name: group, value: option, onchange: () => onMove(option),
  }));
  return {
    node: element("fieldset", { className: "kl-group kl-radios" }, element("legend", {}, title),
      ...radios.map((radio, i) => element("label", {}, radio, options[i]))),
    show: (value) => radios.forEach((radio) => { radio.checked = radio.value === value; }),
  };
}

/** A checkbox. */
function switchControl({ title }, onMove) {
  const box = element("input", { type: "checkbox", onchange: () => onMove(box.checked) });
  return {
    node: element("label", { className: "kl-row kl-group" }, box, title),
    show: (value) => { box.checked = value; },
  };
}
