// What the page tells Python, and whether Python still answers.

const PAUSE = 100;  // milliseconds between two messages to the kernel
const PATIENCE = 4000;  // until a kernel that does not answer is mentioned

/** Tells a model the state, at most ten times a second and always at the end; `quiet(is)` hears whether
 * nobody answers. A model without `send` has no kernel. */
function makeTeller(model, state, pause, quiet) {
  let timer = null, told = 0, telling = false, answered = true, waiting = null;
  const tell = () => {
    timer = null;
    told = performance.now();
    const asks = model.send && answered;
    if (asks) {
      answered = false;
      waiting = setTimeout(() => quiet(!answered), PATIENCE);
    }
    telling = true;
    model.set("state", structuredClone(state));
    telling = false;
    model.save_changes();
    if (asks) model.send({ asks: "are you there?" });
  };
  const heard = () => {
    answered = true;
    quiet(false);
    clearTimeout(waiting);
  };
  model.on("msg:custom", heard);
  return {
    soon() { timer ??= setTimeout(tell, Math.max(0, told + pause - performance.now())); },
    /** Whether what the model holds now may be older than what the hand has set. */
    busy: () => timer !== null || telling,
    end() {
      model.off("msg:custom", heard);
      if (timer !== null) {
        clearTimeout(timer);
        tell();
      }
      clearTimeout(waiting);
    },
  };
}
