// Questions beside the controls, which tick themselves off when the state answers them.

const FOURTH = 0.00005;  // half of the last of four decimals: what is shown alike is the same
const RELATIONS = {
  is: (x, y) => x === y || Math.abs(x - y) < FOURTH,
  near: (x, y) => x === y || Math.abs(x - y) <= 0.02 * Math.abs(y),
  above: (x, y) => x > y,
  below: (x, y) => x < y,
};

/** Whether the goals hold of what is known: numbers and values by name. */
function reached(goals, known) {
  const at = (end) => {
    const value = Array.isArray(end) ? end.reduce((here, key) => here[key], known) : end;
    return { "∞": Infinity, "−∞": -Infinity }[value] ?? value;
  };
  return goals.every(([name, relation, value]) => RELATIONS[relation](at(name), at(value)));
}

/** The numbers of the pictures and the values beside them, by name; the first picture's win. */
const together = (numbers, values) => Object.assign({}, values, ...numbers.slice().reverse());

/** The list of questions; the model remembers which are answered. */
function makeQuestions(questions, model) {
  const signs = questions.map(() => element("span", { className: "kl-tick", role: "img" }));
  const done = element("p", { className: "kl-done" });
  const lines = questions.map(({ text }, i) => element("li", {}, signs[i], element("span", {}, text)));
  const list = element("ol", { tabIndex: 0, "aria-label": "questions" }, ...lines);  // on a phone it scrolls
  const node = element("section", { className: "kl-group kl-questions", "aria-label": "Questions" }, done, list);
  node.hidden = !questions.length;
  const answered = () => model.get("answered") ?? [];
  const show = () => {
    signs.forEach((tick, i) => {
      const is = answered().includes(i);
      tick.classList.toggle("kl-ticked", is);
      tick.textContent = is ? "✓" : "";
      tick.setAttribute("aria-label", is ? `Question ${i + 1}, answered:` : `Question ${i + 1}:`);
    });
    list.scrollTop = lines.find((_, i) => !answered().includes(i))?.offsetTop ?? 0;
    done.textContent = `${answered().length} of ${questions.length} done`;
  };
  show();
  return {
    node, show,
    /** Tick what the state answers now; says which are new. */
    judge(known) {
      const fresh = questions.map((_, i) => i).filter((i) => !answered().includes(i) && reached(questions[i].goals, known));
      if (!fresh.length) return "";
      model.set("answered", [...answered(), ...fresh].sort((a, b) => a - b));
      model.save_changes();
      show();
      return fresh.map((i) => `Question ${i + 1} is answered`).join(". ");
    },
  };
}
