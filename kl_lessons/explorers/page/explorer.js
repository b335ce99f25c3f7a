// The page's half of explore(): controls on one side, on the other the SVG that the kernel draws.

const CONTROLS = {
  distribution: distributionGroup,
  number: numberControl,
  choice: choiceControl,
  switch: switchControl,
};

function render({ model, el }) {
  const start = structuredClone(model.get("start"));
  const says = element("p", { className: "kl-says", role: "status" });
  const problem = element("p", { className: "kl-problem", role: "alert" });
  const pictures = model.get("backgrounds").map((background, i) => {
    const moving = element("div", { className: "kl-moving" });
    const node = element("div", { className: "kl-picture", role: "img" }, moving);
    node.insertAdjacentHTML("afterbegin", background);
    const width = node.firstElementChild.viewBox.baseVal.width;
    node.style.flex = `${width} 1 ${width}px`;
    node.style.maxWidth = `${1.4 * width}px`;
    return { node, moving };
  });

  const change = (name, value) => {
    model.set("state", { ...model.get("state"), [name]: value });
    model.save_changes();
  };
  const controls = model.get("controls").map((control) => ({
    name: control.name,
    ...CONTROLS[control.kind](control, (value) => change(control.name, value)),
  }));
  const reset = element("button", {
    className: "kl-button", type: "button",
    onclick: () => {
      controls.forEach((control) => control.release?.());
      model.set("state", start);
      model.save_changes();
    },
  }, "Reset");

  const showState = () => {
    const state = model.get("state");
    controls.forEach((control) => control.show(state[control.name]));
  };
  const showPictures = () => {
    const shown = model.get("shown");
    pictures.forEach(({ node, moving }, i) => {
      moving.innerHTML = shown.moving[i];
      node.setAttribute("aria-label", shown.says[i]);
    });
    says.textContent = shown.says.join(" ");
    problem.textContent = shown.problem;
    problem.hidden = !shown.problem;
  };
  model.on("change:state", showState);
  model.on("change:shown", showPictures);
  el.classList.add("kl-explorer");
  keepKeys(el);
  el.append(
    element("div", { className: "kl-pictures" }, ...pictures.map(({ node }) => node)),
    says, problem,
    element("div", { className: "kl-controls" }, ...controls.map(({ node }) => node), reset),
  );
  showState();
  showPictures();
  return () => {
    model.off("change:state", showState);
    model.off("change:shown", showPictures);
  };
}

export default { render };
