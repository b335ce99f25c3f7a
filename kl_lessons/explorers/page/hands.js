// What a hand can grasp in a picture: bars and dots, by mouse, finger and keyboard; knobs show it.

const KNOB = 6;  // pixels
const REACH = 28;  // around a knob: elsewhere in a bar's column a finger scrolls the page

/** The attributes of a node that is a slider for those who cannot see it. */
const asSlider = (name, more = {}) => ({ role: "slider", "aria-label": name, tabindex: -1, class: "kl-handle", ...more });

/** Where the pointer is on the axes of the frame, which a slide may show larger than it was drawn. */
function underPointer(frame, event) {
  const box = frame.root.getBoundingClientRect(), size = box.width / frame.width;
  return [frame.at("x", (event.clientX - box.left) / size), frame.at("y", (event.clientY - box.top) / size)];
}

/** A handle for each bar of the mark; `hand` is what the explorer lets be done with the value. */
function graspBars(mark, { group, frame, paints }, hand) {
  const name = mark.hand.toUpperCase();
  let handles = [], knobs = [];
  const make = (count, names) => {
    handles = names.slice(0, count).map((outcome) => svg("rect", asSlider(`${name} of ${outcome}, bar`,
      { "aria-orientation": "vertical", "aria-valuemin": 0, "aria-valuemax": 1 })));
    knobs = handles.map(() => svg("circle", { r: KNOB, class: "kl-knob", stroke: paints.ink(mark.quantity) }));
    group.append(svg("g", { role: "group", "aria-label": `${name}: left and right choose a bar, up and down move it` },
      ...knobs, ...handles));
    handles.forEach((handle, i) => {
      graspable(handle, {
        start: () => hand.take(mark.hand, i),
        move: (event) => hand.move(Math.round(100 * underPointer(frame, event)[1]) / 100),  // a pixel is no finer
        end: () => hand.leave(),
        near({ clientY }) {
          const { top, bottom } = knobs[i].getBoundingClientRect();
          return clientY > top - REACH && clientY < bottom + REACH;
        },
      });
      handle.addEventListener("keydown", (event) => {
        const by = KEYS[event.key];
        if (by === undefined) return;
        event.preventDefault();
        hand.take(mark.hand, i);
        hand.move(hand.value()[i] + by);
      });
      handle.addEventListener("keyup", () => hand.leave());
    });
    oneTabStop(handles, (event) => ({ ArrowRight: 1, ArrowLeft: -1 })[event.key]);
  };
  return (numbers) => {
    const at = listOf(mark.at, numbers), to = listOf(mark.to, numbers), [, high] = frame.y.limits;
    if (!handles.length) make(at.length, numbers[frame.chart.x.names] ?? at.map((_, i) => String(i + 1)));
    handles.forEach((handle, i) => {
      const [a, b] = [frame.X(at[i] - mark.width / 2), frame.X(at[i] + mark.width / 2)], y = frame.Y(Math.min(to[i], high));
      set(handle, { x: a, width: b - a, y: frame.top - 6, height: frame.bottom - frame.top + 12, rx: 2,
        "aria-valuenow": to[i], "aria-valuetext": probability(to[i]) });
      set(knobs[i], { cx: (a + b) / 2, cy: y, r: Math.min(KNOB, (b - a) / 2) });
    });
  };
}

/** A handle for a dot: of a distribution in a triangle, of a number along the horizontal axis, or of
 * two numbers in a plane, the second of which is the mark's `lift`. */
function graspDot(mark, { group, frame, paints }, hand) {
  const triangle = frame.chart.equal, name = triangle ? mark.hand.toUpperCase() : mark.hand;
  const of = mark.lift ? `${name} and ${mark.lift}` : name;
  const handle = svg("circle", asSlider(`${of}, dot`, { r: 14 }));
  const knob = svg("circle", { r: KNOB + 1, class: "kl-knob kl-ring", stroke: paints.ink(mark.quantity) });
  const letter = svg("text", { class: "kl-letter", "aria-hidden": true });  // P and Q without colours
  if (triangle) letter.textContent = name;
  group.append(knob, letter, handle);
  handle.tabIndex = 0;
  const point = (event) => underPointer(frame, event);
  const inTriangle = ([x, y]) => {
    const third = y / HEIGHT, second = x - third / 2;
    return normalize([1 - second - third, second, third].map((value) => (value < 0.006 ? 0 : value)));
  };
  const moveTo = ([x, y]) => {
    hand.take(mark.hand, null);
    hand.move(x);
    if (!mark.lift) return;
    hand.take(mark.lift, null);
    hand.move(y);
  };
  graspable(handle, {
    start: () => hand.take(mark.hand, null),
    move: (event) => (triangle ? hand.move(inTriangle(point(event))) : moveTo(point(event))),
    end: () => hand.leave(),
  });
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-0.01, 0], ArrowRight: [0.01, 0], ArrowUp: [0, 0.01], ArrowDown: [0, -0.01],
      PageUp: [0, 0.1], PageDown: [0, -0.1], Home: [-1, 0], End: [1, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    hand.take(mark.lift && by[1] ? mark.lift : mark.hand, null);
    if (triangle) {
      const [first, second, third] = hand.value(), up = within(third + by[1], 0, 1), base = first + second;
      const right = within((base > 0 ? second / base : 0.5) * (1 - up) + by[0], 0, 1 - up);
      hand.move([1 - up - right, right, up].map((x) => Math.max(0, x)));
    } else hand.step(by[0] + by[1]);
  });
  handle.addEventListener("keyup", () => hand.leave());
  return (numbers) => {
    const [x, y] = [frame.X(listOf(mark.x, numbers)[0]), heightsOf(frame, numbers)(listOf(mark.y, numbers)[0])];
    for (const node of [handle, knob]) set(node, { cx: x, cy: y });
    set(letter, { x, y: y + 3.5 });
    const value = hand.valueOf(mark.hand);
    const told = (one) => number(hand.valueOf(one), hand.digitsOf(one));
    const says = triangle ? `${name} = (${value.map(probability).join(", ")})`
      : mark.lift ? `${told(mark.hand)}, ${mark.lift} ${told(mark.lift)}` : told(mark.hand);
    const [low, high] = triangle ? [0, 1] : hand.rangeOf(mark.hand);
    set(handle, { "aria-valuenow": triangle ? value[2] : value, "aria-valuemin": low, "aria-valuemax": high, "aria-valuetext": says });
  };
}

const HANDS = { bars: graspBars, dots: graspDot };
