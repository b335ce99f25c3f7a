// Search within the site: each word of what is typed must begin a word of a section.

/** The words of a text, in small letters without accents, each after a space. */
const wordsOf = (text) =>
  ` ${text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;

/** The sections that hold all words of the query, those with more of them in their headings first. */
function found(query, sections) {
  const words = wordsOf(query).split(" ").filter(Boolean).map((word) => ` ${word}`);
  if (!words.length) return [];
  const heads = ({ heading }) => words.filter((word) => wordsOf(heading).includes(word)).length;
  return sections.filter((section) => words.every((word) => section.words.includes(word))).sort((a, b) => heads(b) - heads(a));
}

/** Some words of the text around the first word of the query. */
function around(text, query) {
  const at = text.toLowerCase().indexOf(query.trim().toLowerCase().split(/\s+/)[0]);
  const from = at < 40 ? 0 : text.lastIndexOf(" ", at - 40) + 1;
  return `${from ? "… " : ""}${text.slice(from, from + 120)} …`;
}

function makeSearch(form, root) {
  const [input, status, list] = ["input", "[role=status]", "ol"].map((part) => form.querySelector(part));
  const show = () => {
    const sections = window.klSections ?? [];
    for (const section of sections) section.words ??= wordsOf(section.text);
    const hits = found(input.value, sections);
    status.textContent = input.value.trim() ? `${hits.length || "no"} ${hits.length === 1 ? "place" : "places"}` : "";
    list.replaceChildren(...hits.slice(0, 20).map(({ page, id, lesson, heading, text }) => {
      const line = document.createElement("li"), link = document.createElement("a"), words = document.createElement("span");
      link.href = `${root}${page}#${id}`;
      link.textContent = heading && heading !== lesson ? `${lesson}: ${heading}` : lesson;
      link.addEventListener("click", () => { list.replaceChildren(); });
      words.textContent = around(text, input.value);
      line.append(link, words);
      return line;
    }));
  };
  input.addEventListener("focus", () => {  // the words of all lessons, when they are wanted
    const script = document.createElement("script");
    script.src = `${root}words.js`;
    script.addEventListener("load", show);
    document.head.append(script);
  }, { once: true });
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    input.value = "";
    show();
  });
  form.hidden = false;
}

for (const form of document.querySelectorAll(".search")) makeSearch(form, form.dataset.root);
