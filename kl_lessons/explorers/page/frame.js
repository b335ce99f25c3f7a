// The frame of a picture: where its numbers lie in pixels, its axes, title and legend.

const TALL = 13;  // pixels of a line of words
const LONGEST = 80;  // pixels of a name beside or below an axis

let pen = null;
/** How many pixels wide a text is, in the font that `writeIn` was told. */
const textWidth = (text) => pen.measureText(text).width;

function writeIn(font) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = font;
}

const fontOf = (node) => `10.5px ${getComputedStyle(node).fontFamily || "sans-serif"}`;

/** The text, its middle cut out so that it is no wider than so many pixels. */
function fitted(text, most) {
  let letters = [...text].length;
  while (letters > 3 && textWidth(cut(text, letters)) > most) letters -= 1;
  return cut(text, letters);
}

/** Names below an axis of this width: whether they must be tilted, and how they fit. */
function namesBelow(names, width) {
  const each = width / names.length - 2, level = largest(names.map(textWidth)) <= each || names.length <= 4;
  const every = level ? 1 : Math.ceil(13 / (each + 2));  // tilted names need 13 pixels each
  return { tilted: !level, texts: names.map((name, i) => (i % every ? "" : fitted(name, level ? each : LONGEST))) };
}

/** The texts around these places, so few of them that none meets the next; the one of 0 stays. */
function spaced(texts, places, zero) {
  const wide = texts.map(textWidth);
  for (let every = 1; ; every++) {
    const kept = texts.map((_, i) => i).filter((i) => (i - zero) % every === 0);
    if (kept.every((i, k) => !k || places[i] - places[kept[k - 1]] > (wide[i] + wide[kept[k - 1]]) / 2 + 4)) {
      return texts.map((text, i) => (kept.includes(i) ? text : ""));
    }
  }
}

/** A frame in an SVG element of its own; `chart` says which axes, title and legend it has. */
function makeFrame(chart) {
  const root = svg("svg", { class: "kl-panel" }), under = svg("g"), ticksNode = svg("g", { class: "kl-ticks" });
  const title = svg("text", { class: "kl-title" }), legendNode = svg("g", { class: "kl-legend" });
  const frame = { root, chart, width: 300, height: 210, tallest: 210, x: null, y: null, left: 40, right: 290, top: 20, bottom: 190 };
  const keys = [];  // of the legend: what is drawn, and its words
  root.append(under, ticksNode, title, legendNode);

  /** Where a number lies along an axis, in pixels. */
  const along = (name, value) => {
    const [low, high] = frame[name].limits, [from, to] = name === "x" ? [frame.left, frame.right] : [frame.bottom, frame.top];
    const share = chart[name].kind === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + share * (to - from);
  };
  frame.X = (value) => along("x", value);
  frame.Y = (value) => along("y", value);

  /** The number at a place in pixels. */
  frame.at = (name, pixel) => {
    const [low, high] = frame[name].limits, [from, to] = name === "x" ? [frame.left, frame.right] : [frame.bottom, frame.top];
    const share = (pixel - from) / (to - from);
    return chart[name].kind === "log" ? low * (high / low) ** share : low + share * (high - low);
  };

  /** An entry of the legend: `draw(x, y)` gives the nodes of a key 16 pixels wide. */
  frame.entry = (template, draw) => keys.push({ template, draw });

  /** The limits that the numbers ask for. */
  frame.wanted = (name, numbers) => {
    const axis = chart[name];
    if (axis.kind === "names") {
      const ends = [-0.5, numbers[axis.names].length - 0.5];
      return name === "x" ? ends : ends.slice().reverse();
    }
    return typeof axis.limits === "string" ? numbers[axis.limits] : axis.limits;
  };

  const drawLegend = (numbers) => {
    const words = keys.map(({ template }) => filled(template, numbers));
    const across = chart.columns ? frame.width - 8 : 200;
    const rows = [[]];
    let x = 0;
    words.forEach((word, i) => {
      const needed = 20 + textWidth(word) + 10;
      if (x && (x + needed - 10 > across || !chart.columns)) { rows.push([]); x = 0; }
      rows.at(-1).push({ i, x });
      x += needed;
      rows.at(-1).width = x - 10;
    });
    legendNode.replaceChildren(...rows.flatMap((row, line) => row.flatMap(({ i, x: start }) => {
      const left = (chart.columns ? Math.max(4, (frame.width - row.width) / 2) : 4) + start;
      const y = (chart.title ? TALL + 4 : 3) + line * (TALL + 1);
      return [...keys[i].draw(left, y), svg("text", { x: left + 20, y: y + 9 }, words[i])];
    })));
    return keys.length ? rows.length : 0;
  };

  /** Lay out: margins from what stands in them; taller where names beside the picture would meet. */
  frame.layOut = (numbers) => {
    font = fontOf(root);
    writeIn(font);
    const { x, y } = chart, rows = drawLegend(numbers);
    frame.top = 6 + (chart.title ? TALL + 2 : 0) + (chart.columns ? rows * (TALL + 1) : 0);
    const besides = y.kind === "names" ? Math.min(LONGEST, largest(numbers[y.names].map(textWidth))) + 8 : 42;
    frame.left = y.kind === "hidden" ? 8 : besides + (y.label ? 14 : 0);
    frame.right = Math.max(frame.left, frame.width - 8);  // where there is no room for anything, too
    let below = x.kind === "hidden" ? 8 : 16;
    if (x.kind === "names") {
      const { tilted, texts } = namesBelow(numbers[x.names], frame.right - frame.left);
      if (tilted) below = 18 + 0.71 * largest(texts.map(textWidth));
    }
    const scaleOf = chart.marks.some(({ kind, label }) => kind === "cells" && label) ? 34 : 0;
    frame.below = below;
    const margin = below + (x.label ? TALL : 0) + scaleOf, names = y.kind === "names" ? numbers[y.names].length : 0;
    frame.height = Math.max(frame.height, Math.min(frame.tallest, Math.ceil(frame.top + TALL * names + margin)));
    frame.bottom = Math.max(frame.top, frame.height - margin);
    if (chart.equal) {  // lengths along both axes alike, in the middle
      const [wide, tall] = ["x", "y"].map((name) => { const [a, b] = frame[name].limits; return b - a; });
      const unit = Math.min((frame.right - frame.left) / wide, (frame.bottom - frame.top) / tall);
      const middle = [(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2];
      [frame.left, frame.right] = [-1, 1].map((side) => middle[0] + (side * unit * wide) / 2);
      [frame.top, frame.bottom] = [-1, 1].map((side) => middle[1] + (side * unit * tall) / 2);
    }
    set(root, { viewBox: `0 0 ${frame.width} ${frame.height}`, width: frame.width, height: frame.height });
    titled = "";
  };

  const ticksOf = (axis, low, high, numbers) => {
    if (axis.kind === "log") {
      const marks = logTicks(low, high);
      return { marks, texts: marks.map(logTickName) };
    }
    const marks = blank(axis, numbers) ? [0] : ticks(low, high);
    const step = marks.length > 1 ? marks[1] - marks[0] : 1, digits = within(Math.ceil(-Math.log10(step) - 1e-9), 0, 3);
    return { marks, texts: marks.map((mark) => number(mark, digits)) };
  };

  const drawX = (numbers) => {
    const axis = chart.x, nodes = [], y = frame.bottom;
    if (axis.kind === "hidden") return nodes;
    nodes.push(svg("path", { d: `M${frame.left},${y}H${frame.right}`, class: "kl-axis" }));
    if (axis.kind === "names") {
      const names = numbers[axis.names], { tilted, texts } = namesBelow(names, frame.right - frame.left);
      names.forEach((name, i) => {
        const x = frame.X(i), turn = tilted ? { transform: `rotate(-45 ${x} ${y + 9})`, class: "kl-end" } : {};
        nodes.push(svg("text", { x, y: y + 12, ...turn }, svg("title", {}, name), texts[i]));
      });
    } else {
      const [low, high] = frame.x.limits;
      const { marks, texts } = ticksOf(axis, low, high, numbers);
      const places = marks.map((mark, i) => within(frame.X(mark), frame.left + 4, frame.right - 0.5 * textWidth(texts[i]) + 6));
      const few = spaced(texts, places, Math.max(0, marks.indexOf(0)));
      marks.forEach((mark, i) => nodes.push(svg("path", { d: `M${frame.X(mark)},${y}v3`, class: "kl-axis" }),
        svg("text", { x: places[i], y: y + 13 }, few[i])));
    }
    if (axis.label) {
      nodes.push(svg("text", { x: (frame.left + frame.right) / 2, y: y + frame.below + 9 }, filled(axis.label, numbers)));
    }
    return nodes;
  };

  const drawY = (numbers) => {
    const axis = chart.y, nodes = [], x = frame.left;
    if (axis.kind === "hidden") return nodes;
    nodes.push(svg("path", { d: `M${x},${frame.top}V${frame.bottom}`, class: "kl-axis" }));
    if (axis.kind === "names") {
      numbers[axis.names].forEach((name, i) => nodes.push(
        svg("text", { x: x - 5, y: frame.Y(i) + 3.5, class: "kl-end" }, svg("title", {}, name), fitted(name, LONGEST))));
    } else {
      const [low, high] = frame.y.limits;
      const { marks, texts } = ticksOf(axis, low, high, numbers);
      marks.forEach((mark, i) => nodes.push(svg("path", { d: `M${x - 3},${frame.Y(mark)}h3`, class: "kl-axis" }),
        svg("text", { x: x - 5, y: frame.Y(mark) + 3.5, class: "kl-end" }, texts[i])));
    }
    if (axis.label) {
      const y = (frame.top + frame.bottom) / 2;
      nodes.push(svg("text", { x: 11, y, transform: `rotate(-90 11 ${y})` }, filled(axis.label, numbers)));
    }
    return nodes;
  };

  const blank = (axis, numbers) => axis.blank !== null && numbers[axis.blank];

  frame.widthOf = (text) => {
    writeIn(font);
    return textWidth(text);
  };

  /** The title over the axes, moved or cut where the picture has no room for it there. */
  let titled = "";
  const drawTitle = (text) => {
    if (text === titled) return;
    titled = text;
    writeIn(font);
    const shown = fitted(text, frame.width - 16), half = textWidth(shown) / 2 + 6;
    set(title, { x: within((frame.left + frame.right) / 2, half, Math.max(half, frame.width - half)), y: 11 });
    write(title, shown);
  };

  /** Draw the axes and the words of the numbers, where they are not the same as before. */
  let before = "", font = "";
  frame.draw = (numbers) => {
    drawTitle(filled(chart.title, numbers));
    const words = keys.map(({ template }) => filled(template, numbers)).join("|");
    const now = JSON.stringify([frame.width, frame.height, frame.x.limits, frame.y.limits, words,
      ["x", "y"].map((name) => [filled(chart[name].label, numbers), chart[name].kind === "names" && numbers[chart[name].names],
        chart[name].kind === "linear" && blank(chart[name], numbers)])]);
    if (now === before) return;
    before = now;
    writeIn(font);
    drawLegend(numbers);
    ticksNode.replaceChildren(...drawX(numbers), ...drawY(numbers));
    const data = ["left", "right", "top", "bottom"].map((side) => frame[side]);
    root.dataset.frame = JSON.stringify({ x: frame.x.limits, y: frame.y.limits, data });
  };
  frame.under = under;
  return frame;
}
