// Elements of the page, and the grasp of a hand on one of them.

const NUMBERS = {};  // a picture's numbers from its values (and whether they may be coarse), by the name in Python

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

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

/** Sets what is not so already: what is written anew is laid out anew, the same value too. */
function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

const button = (text, onclick, label = text) =>
  element("button", { className: "kl-button", type: "button", "aria-label": label, onclick }, text);

const within = (value, low, high) => Math.min(high, Math.max(low, value));

/** Calls start, move(event), end while a mouse, or a finger that came `near`, holds the node. */
function graspable(node, { start, move, end, near = () => true }) {
  let held = false;  // a finger's pointer is captured by where it comes down, near or not
  node.addEventListener("touchstart", (event) => { if (near(event.touches[0])) event.preventDefault(); }, { passive: false });  // no scrolling
  node.addEventListener("pointerdown", (event) => {
    if (event.button || (event.pointerType === "touch" && !near(event))) return;
    event.preventDefault();
    node.setPointerCapture(event.pointerId);
    held = true;
    node.focus({ preventScroll: true });
    start();
    move(event);
  });
  node.addEventListener("pointermove", (event) => { if (held) move(event); });
  node.addEventListener("lostpointercapture", () => {
    if (held) end();
    held = false;
  });
}

/** One stop of the tab key for a group of nodes: `step(event)` tells by how many places a key moves on. */
function oneTabStop(nodes, step) {
  const stop = (here) => nodes.forEach((node, i) => { node.tabIndex = i === here ? 0 : -1; });
  nodes.forEach((node, i) => {
    node.addEventListener("focus", () => stop(i));
    node.addEventListener("keydown", (event) => {
      const by = step(event);
      if (!by) return;
      event.preventDefault();
      nodes[within(i + by, 0, nodes.length - 1)].focus();
    });
  });
  stop(0);
}

/** How far a key moves a value on a range of length 1, or to which end. */
const KEYS = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1, Home: -Infinity, End: Infinity };
