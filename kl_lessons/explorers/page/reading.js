// What reads a table of colours: the number of the cell that is pointed at, or that the arrow keys reach.

const CELLS_ACROSS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
const CELLS_DOWN = { ArrowUp: -1, ArrowDown: 1, PageUp: -Infinity, PageDown: Infinity };

/** A cursor over the cells of the mark, between two axes of names, and beside it what it reads. */
function makeReader(mark, { group, frame }) {
  const outline = svg("rect", { class: "kl-cursor" }), paper = svg("rect", { class: "kl-paper", rx: 2 });
  const text = svg("text", { class: "kl-reading" }), note = svg("g", {}, outline, paper, text);
  const whole = svg("rect", asSlider("cell of the table, arrow keys move it", { "aria-valuemin": 1, class: "kl-reader" }));
  let numbers = null, row = 0, column = 0, focused = false;
  note.style.display = "none";
  note.style.pointerEvents = "none";
  whole.tabIndex = 0;
  group.append(whole, note);

  const rowNames = () => numbers[frame.chart.y.names], columnNames = () => numbers[frame.chart.x.names];
  const show = () => {
    const cell = { row: rowNames()[row], column: columnNames()[column], value: valueOf(mark.values, numbers)[row][column] };
    const says = filled(mark.reads, { ...numbers, ...cell });
    const [left, right] = [frame.X(column - 0.5), frame.X(column + 0.5)], [top, bottom] = [frame.Y(row - 0.5), frame.Y(row + 0.5)];
    set(outline, { x: left, y: top, width: right - left, height: bottom - top });
    write(text, says);
    writeIn(`11.5px ${getComputedStyle(frame.root).fontFamily}`);
    const wide = textWidth(says) + 12, x = within((left + right) / 2, wide / 2, Math.max(wide / 2, frame.width - wide / 2));
    const y = top - 24 > frame.top ? top - 24 : bottom + 4;
    set(paper, { x: x - wide / 2, y, width: wide, height: 20 });
    set(text, { x, y: y + 14 });
    set(whole, { "aria-valuenow": row * columnNames().length + column + 1, "aria-valuetext": says });
  };
  const see = (is) => { note.style.display = is ? "" : "none"; };
  const point = (event) => {
    const box = frame.root.getBoundingClientRect();
    row = within(Math.round(frame.at("y", event.clientY - box.top)), 0, rowNames().length - 1);
    column = within(Math.round(frame.at("x", event.clientX - box.left)), 0, columnNames().length - 1);
    show();
    see(true);
  };
  for (const kind of ["pointermove", "pointerdown"]) whole.addEventListener(kind, point);
  whole.addEventListener("pointerleave", () => see(focused));
  whole.addEventListener("focus", () => { see(focused = true); });
  whole.addEventListener("blur", () => { see(focused = false); });
  whole.addEventListener("keydown", (event) => {
    const across = CELLS_ACROSS[event.key] ?? 0, down = CELLS_DOWN[event.key] ?? 0;
    if (!across && !down) return;
    event.preventDefault();
    row = within(row + down, 0, rowNames().length - 1);
    column = within(column + across, 0, columnNames().length - 1);
    show();
  });
  return (now) => {
    numbers = now;
    set(whole, { x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top,
      "aria-valuemax": rowNames().length * columnNames().length });
    show();
  };
}
