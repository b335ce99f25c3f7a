// What lets a slider of whole numbers run by itself.

const SECONDS = { slow: 90, normal: 30, fast: 8 };  // from the slider's one end to the other
const FEWEST = 20;  // steps that this time is for: fewer take less
const BLINK = 0.1;  // seconds: a page that was away goes on from where it was

/** Play or pause, a step, three speeds. It starts once by itself when first seen, unless less motion
 * is asked for; it stops at the end, and when the number is moved by anybody else. */
function makePlayer({ name, title, low, high, step }, slider, hand) {
  let frame = 0, before = 0, owed = 0, mine = null, speed = "normal";
  const now = () => hand.valueOf(name);
  const stop = () => {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    show();
    hand.rest();
  };
  const run = (time) => {
    owed += (within((time - before) / 1000, 0, BLINK) * Math.max(FEWEST, (high - low) / step)) / SECONDS[speed];
    before = time;
    if (now() !== mine) return stop();
    const steps = Math.floor(owed);
    owed -= steps;
    if (steps) hand.run(name, (mine = Math.min(high, mine + steps * step)));
    frame = requestAnimationFrame(run);
    return mine >= high ? stop() : undefined;
  };
  const start = () => {
    seen.disconnect();
    if (now() + step > high) hand.run(name, low);
    [mine, owed, before] = [now(), 0, performance.now()];
    frame = requestAnimationFrame(run);
    show();
  };
  const play = button("Play", () => (frame ? stop() : start()), `Play ${title}`);
  const once = button("Step", () => {
    stop();
    seen.disconnect();
    if (now() + step <= high) hand.run(name, now() + step);
    hand.rest();
  }, `Step ${title}`);
  const speeds = Object.keys(SECONDS).map((text) => button(text, () => { speed = text; show(); }));
  const show = () => {
    play.textContent = frame ? "Pause" : "Play";
    play.setAttribute("aria-label", `${play.textContent} ${title}`);
    speeds.forEach((choice) => choice.setAttribute("aria-pressed", String(choice.textContent === speed)));
  };
  show();
  for (const kind of ["pointerdown", "keydown"]) {
    slider.addEventListener(kind, (event) => {
      if (event.key === "Tab") return;
      seen.disconnect();
      stop();
    });
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const seen = new IntersectionObserver((entries) => { if (entries.at(-1).isIntersecting) start(); }, { threshold: 0.4 });
  const node = element("div", { className: "kl-play" }, play, once, ...speeds);
  return {
    node,
    /** Start when the pictures come into sight: on a small screen the buttons are below it. */
    watch(pictures) { if (!still) seen.observe(pictures); },
    end() {
      seen.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}
