// Light or dark: the server writes the choice from the same cookie, so nothing flashes.
// Without this file the button posts its form.
const root = document.documentElement;
const YEAR = 365 * 24 * 60 * 60;

function isDark() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

document.querySelector("form[data-theme-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const theme = isDark() ? "light" : "dark";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  root.dataset.theme = theme;
});
