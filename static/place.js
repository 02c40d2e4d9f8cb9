// Back leads to the place that was left. The browser looks for it once, at once; a page that takes longer to be drawn
// than that is not as high yet, and would be shown from its top. Where there is no Navigation API, that is so.
if (window.navigation) {
  const PATIENCE_MS = 3000;
  const places = new Map();
  const keep = () => places.set(navigation.currentEntry?.key, scrollY);
  addEventListener("scroll", keep, { passive: true });
  addEventListener("click", keep, true);

  let look = 0;
  const stop = () => cancelAnimationFrame(look);
  for (const input of ["wheel", "touchmove", "keydown", "click"]) addEventListener(input, stop, { passive: true });

  addEventListener("popstate", ({ isTrusted }) => {
    stop();
    // The app's own word of a link that was followed: that leads to a page's top.
    if (!isTrusted) return;
    const place = places.get(navigation.currentEntry?.key);
    const end = performance.now() + PATIENCE_MS;
    const lookAgain = () => {
      if (document.documentElement.scrollHeight - innerHeight >= place) scrollTo(0, place);
      else if (performance.now() < end) look = requestAnimationFrame(lookAgain);
    };
    if (place) look = requestAnimationFrame(lookAgain);
  });
}
