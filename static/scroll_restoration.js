// Back leads to the scroll position that was left. The browser tries once, at once. A page that takes longer to render is
// not high enough by then, and would be shown from its top. Browsers without the Navigation API leave it at that.
if (window.navigation) {
  const TIMEOUT_MS = 3000;
  const positions = new Map();
  const remember = () => positions.set(navigation.currentEntry?.key, scrollY);
  addEventListener("scroll", remember, { passive: true });
  addEventListener("click", remember, true);

  let frame = 0;
  const stop = () => cancelAnimationFrame(frame);
  for (const input of ["wheel", "touchmove", "keydown", "click"]) addEventListener(input, stop, { passive: true });

  addEventListener("popstate", () => {
    stop();
    const position = positions.get(navigation.currentEntry?.key);
    const end = performance.now() + TIMEOUT_MS;
    const restore = () => {
      if (document.documentElement.scrollHeight - innerHeight >= position) scrollTo(0, position);
      else if (performance.now() < end) frame = requestAnimationFrame(restore);
    };
    if (position) frame = requestAnimationFrame(restore);
  });
}
