// Marks as the page draws them, in SVG: nodes made once, and functions that make them follow.

const valueOf = (ref, numbers) => (typeof ref === "string" ? numbers[ref] : ref);
const listOf = (ref, numbers) => [valueOf(ref, numbers)].flat();
const points = (xs, ys, { X, Y }) => xs.map((x, i) => `${X(x)},${Y(ys[i])}`).join("L");

/** Where numbers lie upwards: what a sign of ∞ stands at lies at the axis's end, which may have grown since. */
function heightsOf(frame, numbers) {
  const endless = frame.chart.marks.filter(({ kind }) => kind === "signs").flatMap(({ y }) => listOf(y, numbers));
  const [low, high] = frame.wanted("y", numbers), [bottom, top] = frame.y.limits;
  return (y) => frame.Y(!endless.includes(y) ? y : y === high ? top : y === low ? bottom : y);
}

const HATCHES = {
  "//": "M-1,1l2,-2M0,7l7,-7M6,8l2,-2",
  "\\\\": "M-1,6l2,2M0,0l7,7M6,-1l2,2",
  "--": "M0,2h7M0,5.5h7",
  xx: "M-1,1l2,-2M0,7l7,-7M6,8l2,-2M-1,6l2,2M0,0l7,7M6,-1l2,2",
};

/** Paints for the quantities of the palette: fill with hatching, and ink that the theme chooses. */
function makePaints(root, palette) {
  const salt = `kl-${Math.random().toString(36).slice(2)}`, names = Object.keys(palette);
  const id = (quantity) => `${salt}-${names.indexOf(quantity)}`;
  root.prepend(svg("defs", {}, ...names.map((name) => svg("pattern",
    { id: id(name), width: 7, height: 7, patternUnits: "userSpaceOnUse" },
    svg("rect", { width: 7, height: 7, fill: palette[name].fill }),
    svg("path", { d: HATCHES[palette[name].hatch] ?? "", stroke: palette[name].ink, "stroke-width": 0.7, fill: "none" })))));
  return {
    salt,
    fill: (quantity) => `url(#${id(quantity)})`,
    solid: (quantity) => palette[quantity].fill,
    ink: (quantity) => `var(--kl-ink-${names.indexOf(quantity)})`,
  };
}

/** ∞ (or −∞) at places; as many texts as there are places. */
function makeSigns(group, light = false) {
  const nodes = [];
  return (places) => {
    while (nodes.length < places.length) {
      nodes.push(svg("text", { class: light ? "kl-infinity kl-light" : "kl-infinity" }));
      group.append(nodes.at(-1));
    }
    nodes.forEach((node, i) => {
      node.style.display = i < places.length ? "" : "none";
      if (i < places.length) {
        set(node, { x: places[i].x, y: places[i].y + 5 });
        write(node, places[i].below ? "−∞" : "∞");
      }
    });
  };
}

const MARKS = {
  bars(mark, { group, frame, paints }) {
    const { sideways } = mark, rects = [], cuts = [], darts = [], signs = makeSigns(group);
    if (mark.label) {
      const key = { width: 16, height: 8, fill: paints.fill(mark.quantity), stroke: paints.ink(mark.quantity), "stroke-width": 0.8 };
      frame.entry(mark.label, (x, y) => [svg("rect", { x, y, ...key })]);
    }
    return (numbers) => {
      const at = listOf(mark.at, numbers), to = listOf(mark.to, numbers), starts = listOf(mark.start, numbers);
      const [low, high] = sideways ? frame.x.limits : frame.y.limits, infinite = [];
      const [A, B] = sideways ? [frame.Y, frame.X] : [frame.X, frame.Y];
      at.forEach((place, i) => {
        if (!rects[i]) {
          rects.push(svg("rect", { fill: paints.fill(mark.quantity), stroke: paints.ink(mark.quantity), "stroke-width": 0.8 }));
          cuts.push(svg("path", { class: "kl-cut" }));
          darts.push(svg("path", { class: "kl-over" }));
          group.append(rects[i], cuts[i], darts[i]);
        }
        const start = starts[i] ?? starts[0], end = within(to[i], low, high), below = to[i] < start;
        const [a, b] = [A(place - mark.width / 2), A(place + mark.width / 2)].sort((one, other) => one - other);
        const [c, d] = [B(within(start, low, high)), B(end)], middle = (a + b) / 2, inwards = Math.sign(c - d);
        const box = [Math.min(c, d), Math.abs(c - d)];
        set(rects[i], sideways ? { x: box[0], width: box[1], y: a, height: b - a } : { x: a, width: b - a, y: box[0], height: box[1] });
        const broken = !Number.isFinite(to[i]), over = !broken && (to[i] > high + 1e-12 || to[i] < low - 1e-12);
        const e = d + 24 * inwards, wide = (b - a) / 2 + 1;
        const across = sideways ? `M${e - 4},${middle + wide}L${e + 4},${middle - wide}` : `M${middle - wide},${e + 4}L${middle + wide},${e - 4}`;
        set(cuts[i], { d: broken ? across : "" });
        const tip = sideways ? `M${d},${middle}l${7 * inwards},-5v10z` : `M${middle},${d}l-5,${7 * inwards}h10z`;
        set(darts[i], { d: over ? tip : "" });
        const inside = d + 9 * inwards;
        if (broken) infinite.push(sideways ? { x: inside, y: middle, below } : { x: middle, y: inside, below });
      });
      signs(infinite);
    };
  },

  line(mark, { group, frame, paints, clip }) {
    const style = { stroke: mark.paint ?? paints.ink(mark.quantity),
      "stroke-width": mark.width, fill: "none", "stroke-dasharray": mark.dash.join(" ") || "none" };
    const path = svg("path", { ...style, "clip-path": clip(mark.clip) });
    group.append(path);
    const key = mark.paint === null ? style : { ...style, stroke: "currentColor" };  // it lies on the page
    if (mark.label) frame.entry(mark.label, (x, y) => [svg("path", { d: `M${x},${y + 4}h16`, ...key })]);
    return (numbers) => {
      const xs = listOf(mark.x, numbers), seen = mark.show === null || numbers[mark.show];
      const at = { X: frame.X, Y: heightsOf(frame, numbers) };
      set(path, { d: seen && xs.length ? `M${points(xs, listOf(mark.y, numbers), at)}` : "" });
    };
  },

  area(mark, { group, frame, paints, clip }) {
    const plain = { fill: paints.solid(mark.quantity), class: "kl-area", style: `--kl-ink: ${paints.ink(mark.quantity)}` };
    const style = mark.hatched ? { fill: paints.fill(mark.quantity) } : plain;
    const path = svg("path", { ...style, "clip-path": frame.chart.equal ? "none" : clip(null) });
    group.append(path);
    if (mark.label) frame.entry(mark.label, (x, y) => [svg("rect", { x, y, width: 16, height: 8, ...style })]);
    return (numbers) => {
      const seen = mark.show === null || numbers[mark.show];
      set(path, { d: seen ? `M${points(listOf(mark.x, numbers), listOf(mark.y, numbers), frame)}Z` : "" });
    };
  },

  dots(mark, { group, frame, paints }) {
    const nodes = [], place = frame.chart.equal ? "kl-dot" : "kl-dot kl-on-paper";  // a triangle's cells are light
    const look = { r: mark.size / 2, fill: paints.solid(mark.quantity), class: place, stroke: "#fff", style: `--kl-ink: ${paints.ink(mark.quantity)}` };
    if (mark.label) frame.entry(mark.label, (x, y) => [svg("circle", { cx: x + 8, cy: y + 4, ...look })]);
    return (numbers) => {
      const xs = listOf(mark.x, numbers), ys = listOf(mark.y, numbers), height = heightsOf(frame, numbers);
      xs.forEach((x, i) => {
        if (!nodes[i]) group.append(nodes[i] = svg("circle", look));
        set(nodes[i], { cx: frame.X(x), cy: height(ys[i]) });
      });
      nodes.forEach((node, i) => { node.style.display = i < xs.length ? "" : "none"; });
    };
  },

  arrows(mark, { group, frame, paints }) {
    const ink = paints.ink(mark.quantity), lines = [], words = [];
    return (numbers) => {
      const xs = listOf(mark.x, numbers), starts = listOf(mark.start, numbers), ends = listOf(mark.to, numbers);
      const [low, high] = frame.y.limits, seen = mark.show === null || numbers[mark.show];
      xs.forEach((place, i) => {
        if (!lines[i]) {
          group.append(lines[i] = svg("path", { stroke: ink, fill: "none", class: "kl-dart" }));
          if (mark.text) group.append(words[i] = svg("text", { fill: ink, class: mark.side > 0 ? "kl-start" : "kl-end" }));
        }
        const x = frame.X(place), a = frame.Y(within(starts[i], low, high)), b = frame.Y(within(ends[i], low, high));
        const up = Math.sign(a - b) || 1, head = Math.abs(a - b) > 10 ? 4 : 0;
        const heads = head ? `M${x - 3},${b + head * up}l3,${-head * up}l3,${head * up}` +
          (mark.both ? `M${x - 3},${a - head * up}l3,${head * up}l3,${-head * up}` : "") : "";
        set(lines[i], { d: seen ? `M${x},${a}V${b}${heads}` : "" });
        if (words[i]) {
          set(words[i], { x: x + 5 * mark.side, y: Math.min((a + b) / 2 + 3.5, frame.bottom - 3) });
          write(words[i], filled(mark.text, numbers));
        }
      });
    };
  },

  texts(mark, { group, frame, paints }) {
    const nodes = [], align = { left: "kl-start", right: "kl-end", center: "" }[mark.align];
    return (numbers) => {
      const xs = listOf(mark.x, numbers), ys = listOf(mark.y, numbers), each = valueOf(mark.text, numbers);
      const seen = mark.show === null || numbers[mark.show];
      xs.forEach((x, i) => {
        if (!nodes[i]) group.append(nodes[i] = svg("text", { class: align, fill: paints.ink(mark.quantity) }));
        set(nodes[i], { x: within(frame.X(x), 4, frame.width - 4), y: frame.Y(ys[i]) + { 1: -2, 0: 3.5, "-1": 10 }[mark.rise] });
        write(nodes[i], !seen ? "" : Array.isArray(each) ? each[i] : filled(each, numbers));
      });
    };
  },

  signs(mark, { group, frame }) {
    const place = makeSigns(group, mark.light), knobs = frame.chart.marks.filter((other) => other.kind === "dots" && other.hand);
    /** x, or a place beside the knob that lies there. */
    const beside = (x, y, numbers, height) => {
      const ends = knobs.map((knob) => [frame.X(listOf(knob.x, numbers)[0]), height(listOf(knob.y, numbers)[0])]);
      const on = ends.find(([a, b]) => Math.hypot(a - x, b - y) < 28);
      return !on ? x : on[0] < frame.left + 40 ? on[0] + 28 : on[0] - 28;
    };
    return (numbers) => {
      const xs = listOf(mark.x, numbers), ys = listOf(mark.y, numbers), below = mark.below !== null && numbers[mark.below];
      const height = heightsOf(frame, numbers);
      const free = mark.light || frame.chart.equal;  // else between the axes, off their numbers
      const edge = (y) => (free ? frame.Y(y) : within(height(y), frame.top + 9, frame.bottom - 9));
      const clear = (x) => (free ? x : within(x, frame.left + 16, frame.right - 9));
      place(xs.map((x, i) => ({ x: clear(beside(frame.X(x), edge(ys[i]), numbers, height)), y: edge(ys[i]), below })));
    };
  },

  rule(mark, { group, frame }) {
    const path = svg("path", { class: "kl-axis" });
    group.append(path);
    return (numbers) => {
      const y = valueOf(mark.at, numbers), [low, high] = frame.y.limits;
      set(path, { d: y >= low && y <= high ? `M${frame.left},${frame.Y(y)}H${frame.right}` : "" });
    };
  },

  tiles(mark, { group, frame, ramps }) {
    const ramp = ramps[mark.colours], squares = [], words = [];
    return (numbers) => {
      const shades = valueOf(mark.shade, numbers);
      valueOf(mark.text, numbers).forEach((text, i) => {
        if (!squares[i]) group.append(squares[i] = svg("rect"), words[i] = svg("text"));
        const column = i % mark.columns, row = Math.floor(i / mark.columns);
        const [left, right] = [frame.X(column - 0.5), frame.X(column + 0.5)];
        const [top, bottom] = [frame.Y(row - 0.5), frame.Y(row + 0.5)];
        set(squares[i], { x: left, y: top, width: right - left, height: bottom - top,
          fill: ramp[Math.min(ramp.length - 1, Math.floor(shades[i] * ramp.length))] });
        squares[i].style.display = text === "" ? "none" : "";
        set(words[i], { x: (left + right) / 2, y: (top + bottom) / 2 + 4 });
        const ink = shades[i] > 0.7 ? "white" : "black";  // on its tile, in either theme
        Object.assign(words[i].style, { fill: ink, stroke: "none" });
        write(words[i], text);
      });
    };
  },

  cells(mark, { group, frame, ramps, clip, paints }) {
    const colours = ramps[mark.colours], canvas = document.createElement("canvas");
    const image = svg("foreignObject", { "clip-path": mark.clip ? clip(mark.clip) : "none" }, canvas);
    canvas.className = "kl-cells";
    const scaleNode = svg("g"), gradient = `${paints.salt}-ramp`;
    let scaled = "";  // what the scale of colours was drawn for
    const pens = new Uint32Array(colours.map((hex) => {  // as four bytes: red, green, blue, opaque
      const [red, green, blue] = [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
      return 0xff000000 + blue * 65536 + green * 256 + red;
    }));
    group.append(svg("linearGradient", { id: gradient }, ...colours.map((colour, i) =>
      svg("stop", { offset: i / (colours.length - 1), "stop-color": colour }))), image, scaleNode);
    return (numbers) => {
      const values = valueOf(mark.values, numbers), flat = Array.isArray(values[0]) ? values.flat() : values;
      const columns = Array.isArray(values[0]) ? values[0].length : Math.round(Math.sqrt(flat.length)), rows = flat.length / columns;
      const [x0, x1] = valueOf(mark.x, numbers).map(frame.X), [y0, y1] = valueOf(mark.y, numbers).map(frame.Y);
      const down = y1 > y0;  // the first row is the upper one
      if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
      const pixels = new ImageData(columns, rows), words = new Uint32Array(pixels.data.buffer);
      const last = colours.length - 1, steps = colours.length / mark.most;
      for (let k = 0, row = 0; row < rows; row++) {
        for (let to = (down ? row : rows - 1 - row) * columns, end = to + columns; to < end; to++, k++) {
          words[to] = pens[Math.min(last, Math.floor(Math.min(flat[k], mark.most) * steps))];
        }
      }
      canvas.getContext("2d").putImageData(pixels, 0, 0);
      set(image, { x: x0, y: Math.min(y0, y1), width: x1 - x0, height: Math.abs(y1 - y0) });
      if (!mark.label) return;
      const label = filled(mark.label, numbers), now = [label, frame.width, frame.height, frame.left, frame.right].join("|");
      if (now === scaled) return;
      scaled = now;
      const before = frame.widthOf(label) + 12, y = frame.height - 24;
      const wide = within(frame.width - before - 14, 0, 160), left = Math.max(before, (frame.left + frame.right - wide) / 2);
      scaleNode.replaceChildren(svg("rect", { x: left, y, width: wide, height: 7, fill: `url(#${gradient})`, stroke: "currentColor", "stroke-width": 0.5 }),
        ...[0, 0.5, 1].map((share) => svg("text", { x: left + wide * share, y: y + 17 },
          `${number(share * mark.most, 2).replace(/\.?0+$/, "")}${share === 1 ? " +" : ""}`)),
        svg("text", { x: left - 6, y: y + 7, class: "kl-end" }, label));
    };
  },
};
