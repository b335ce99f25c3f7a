// What fits the page to its reader: the theme, the contents, and what is wider than the screen.

function useSystemTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const use = () => { document.body.dataset.jpThemeLight = String(!dark.matches); };
  dark.addEventListener("change", use);
  use();
}

/** What scrolls sideways by itself can be reached by the keyboard. */
function reachWhatScrolls() {
  for (const node of document.querySelectorAll(".formula, .wide, pre")) {
    if (node.scrollWidth > node.clientWidth) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  }
}

/** JupyterLite is no plain page: from a file the browser loads none of it. */
function tellWhereLiteRuns() {
  if (location.protocol !== "file:") return;
  for (const link of document.querySelectorAll("a[href*='lite/lab/']")) link.replaceWith(`${link.textContent} (from a web server)`);
}

useSystemTheme();
tellWhereLiteRuns();
reachWhatScrolls();
addEventListener("resize", reachWhatScrolls);
for (const contents of document.querySelectorAll(".contents")) contents.open = matchMedia("(min-width: 1320px)").matches;
