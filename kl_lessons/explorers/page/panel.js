// A picture on the page: its frame, its marks, what can be grasped, its limits that hold still.

const SETTLING = 180;  // milliseconds in which a scale grows

/** A picture that the page computes; `hand` is null where nothing of it can be moved. */
function makePanel({ chart }, { palette, ramps }, hand) {
  const frame = makeFrame(chart), paints = makePaints(frame.root, palette);
  const behind = svg("g"), marksNode = svg("g"), handsNode = svg("g"), clips = [], follow = [];
  frame.root.append(marksNode, handsNode);
  frame.under.append(behind);
  const clip = (corners) => {
    const id = `${paints.salt}-clip-${clips.length}`, shape = svg("path");
    frame.root.firstChild.append(svg("clipPath", { id }, shape));
    clips.push({ shape, corners });
    return `url(#${id})`;
  };
  const area = clip(null);
  const cutAt = (corners) => (corners === null ? area : clip(corners));
  chart.marks.forEach((mark, i) => {
    const group = svg("g", { "data-mark": i });
    (mark.kind === "area" || mark.kind === "cells" ? behind : marksNode).append(group);
    follow.push(MARKS[mark.kind](mark, { group, frame, paints, ramps, clip: cutAt }));
  });
  if (hand) {
    chart.marks.filter((mark) => mark.hand && hand.can(mark.hand)).forEach((mark) =>
      follow.push(HANDS[mark.kind](mark, { group: handsNode, frame, paints }, hand)));
  }

  chart.marks.filter((mark) => mark.reads).forEach((mark) =>
    follow.push(makeReader(mark, { group: handsNode, frame })));

  let numbers = null, animation = 0, laidOut = false;
  const paint = () => {
    if (!laidOut) {
      frame.layOut(numbers);
      laidOut = true;
    }
    frame.draw(numbers);
    for (const { shape, corners } of clips) {
      const d = corners ? `M${points(...corners, frame)}Z`
        : `M${frame.left - 1},${frame.top - 1}H${frame.right + 1}V${frame.bottom + 1}H${frame.left - 1}Z`;
      set(shape, { d });
    }
    follow.forEach((move) => move(numbers));
  };
  const setLimits = (x, y) => {
    frame.x = { limits: x };
    frame.y = { limits: y };
  };
  /** Both scales as wide as they are and as the numbers ask for. */
  const grown = (name) => {
    const [now, wanted] = [frame[name].limits, frame.wanted(name, numbers)];
    if (typeof chart[name].limits !== "string") return wanted;
    return [Math.min(now[0], wanted[0]), Math.max(now[1], wanted[1])];
  };
  const settle = () => {
    const from = [frame.x.limits, frame.y.limits], to = ["x", "y"].map(grown);
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    const begun = performance.now();
    const step = () => {
      const share = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : within((performance.now() - begun) / SETTLING, 0, 1);
      const ease = share * (2 - share), mix = (a, b) => a.map((x, i) => (share === 1 ? b[i] : x + ease * (b[i] - x)));
      setLimits(mix(from[0], to[0]), mix(from[1], to[1]));
      paint();
      animation = share < 1 ? requestAnimationFrame(step) : 0;
    };
    cancelAnimationFrame(animation);
    step();
  };

  return {
    node: frame.root,
    /** Lay out anew at this size; at most so tall where its names need more room. */
    resize(width, height, tallest = height) {
      Object.assign(frame, { width, height, tallest });
      laidOut = false;
      if (numbers) paint();
    },
    /** Show the numbers: "fresh" fits the scales to them, "held" leaves these, "settled" lets them grow. */
    draw(newNumbers, scales) {
      const asBefore = numbers === newNumbers;
      numbers = newNumbers;
      if (scales === "fresh" || !frame.x) {
        cancelAnimationFrame(animation);
        setLimits(frame.wanted("x", numbers), frame.wanted("y", numbers));
      }
      if (scales === "fresh" || !asBefore) paint();
      if (scales === "settled") settle();
    },
    end: () => cancelAnimationFrame(animation),
  };
}

/** A picture that the kernel draws: SVG that stays, and over it what moves. */
function makeKernelPanel() {
  const still = element("div"), moving = element("div", { className: "kl-moving" });
  let before = "";
  return {
    node: element("div", {}, still, moving),
    follow(background, drawing) {
      if (background !== before) still.innerHTML = before = background;
      moving.innerHTML = drawing;
    },
    resize() {},
    end() {},
  };
}
