// Runs before the first paint, so a chosen theme never flashes the other one. Kept out of the page because the
// content security policy allows no inline script. The key and the values are those of src/lib/theme.ts.
(() => {
  const chosen = localStorage.getItem("switchyard.theme");
  if (chosen === "light" || chosen === "dark") {
    document.documentElement.dataset.theme = chosen;
  }
})();
