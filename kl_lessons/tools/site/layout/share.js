// A link to an explorer as it stands, and the lines that put it into another page.

/** What each kind of control can take of a link that anybody may have written. */
const TAKES = {
  number: (value, { low, high }) => Number.isFinite(value) && value >= low && value <= high,
  scores: (value, { labels, low, high }) => isList(value, labels, low, high),
  distribution: (value, { labels }) =>
    isList(value, labels, 0, 1) && Math.abs(value.reduce((sum, x) => sum + x, 0) - 1) < 1e-9,
  choice: (value, { options }) => options.includes(value),
  switch: (value) => typeof value === "boolean",
  text: (value) => typeof value === "string" && value.length < 2000,
};

const isList = (value, labels, low, high) =>
  Array.isArray(value) && value.length === labels.length && value.every((x) => Number.isFinite(x) && x >= low && x <= high);

/** The place and the values that the address names: PLACE?NAME=JSON&NAME=JSON. */
function addressed() {
  const [place, query = ""] = location.hash.slice(1).split("?");
  const values = {};
  for (const [name, text] of new URLSearchParams(query)) {
    try {
      values[name] = JSON.parse(text);
    } catch {
      continue;  // a link that was cut: the other values are shown
    }
  }
  return { place, values };
}

/** Give the explorer the values of the address, as far as its controls take them, before it is made alive. */
function restore(saved, { place, values }) {
  if (saved.closest("[id]").id !== place) return;
  const { options, state } = JSON.parse(saved.dataset.explorer);
  for (const control of options.controls) {
    if (TAKES[control.kind](values[control.name], control)) state[control.name] = values[control.name];
  }
  saved.dataset.explorer = JSON.stringify({ options, state });
}

/** A text to copy, with its button. */
function copied(name, field) {
  const said = document.createElement("span"), button = document.createElement("button");
  said.setAttribute("role", "status");
  button.type = "button";
  button.textContent = `Copy the ${name}`;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = " Copied.";
    } catch {  // not allowed to: by hand
      said.textContent = " Marked: copy it with Ctrl+C or ⌘C.";
    }
  });
  field.readOnly = true;
  field.setAttribute("aria-label", name);
  const line = document.createElement("p");
  line.append(field, button, said);
  return line;
}

/** Below the explorer: a link with what differs from its `original` state, and the lines of a frame
 * where it has a page of its own. */
function offerToShare(saved, original) {
  const id = saved.closest("[id]").id;
  const alone = saved.parentElement.dataset.alone;
  let now = JSON.parse(saved.dataset.explorer).state;
  const link = document.createElement("input"), frame = document.createElement("textarea");
  const fill = () => {
    const changed = Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(original[name]));
    const values = new URLSearchParams(changed.map(([name, value]) => [name, JSON.stringify(value)]));
    const place = `#${id}${changed.length ? `?${values}` : ""}`;
    link.value = location.href.split("#")[0] + place;
    if (!alone) return;
    const height = Math.ceil(saved.getBoundingClientRect().height) + 110;
    frame.value = `<iframe src="${new URL(alone, location.href).href}${place.replaceAll("&", "&amp;")}"\n`
      + `  title="${document.title}" loading="lazy" style="border: 0; width: 100%; height: ${height}px"></iframe>`;
  };
  saved.addEventListener("kl-told", ({ detail }) => {
    now = detail;
    fill();
  });
  const details = document.createElement("details"), summary = document.createElement("summary");
  details.className = "share";
  summary.textContent = "Share this explorer as it stands";
  details.append(summary, copied("link", link));
  if (alone) details.append(copied("lines for another page", frame));
  details.addEventListener("toggle", fill);
  saved.after(details);
}

/** Open what is folded around the place of the address, and go there. */
function goToPlace() {
  const place = document.getElementById(addressed().place);
  for (const folded of document.querySelectorAll("details")) if (place && folded.contains(place)) folded.open = true;
  place?.scrollIntoView();
}

function showTheAddressed() {
  const saved = [...document.querySelectorAll(".kl-saved[data-explorer]")];
  const asked = addressed();
  for (const one of saved) {
    const original = JSON.parse(one.dataset.explorer).state;
    restore(one, asked);
    offerToShare(one, original);
  }
  window.klLessons.mountSaved();
  goToPlace();
}

const goOn = () => requestAnimationFrame(goToPlace);  // what was out of sight has its true height only now

showTheAddressed();
addEventListener("load", goOn);
addEventListener("hashchange", () => (location.hash.includes("?") ? location.reload() : goOn()));
