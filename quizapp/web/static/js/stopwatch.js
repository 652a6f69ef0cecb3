// Seconds spent on this question, counted only while the page can be seen.
export function startStopwatch(secondsBefore) {
  let total = secondsBefore * 1000;
  let since = document.hidden ? null : performance.now();

  document.addEventListener("visibilitychange", () => {
    if (document.hidden && since !== null) {
      total += performance.now() - since;
      since = null;
    } else if (!document.hidden) {
      since ??= performance.now();
    }
  });
  return () => Math.round((total + (since === null ? 0 : performance.now() - since)) / 1000);
}
