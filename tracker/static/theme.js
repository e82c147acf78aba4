/* Runs before the first paint, so no page flashes white for somebody who works in the dark. */
(function () {
  "use strict";
  var root = document.documentElement;
  var theme = null;
  root.classList.add("js");
  try {
    theme = localStorage.getItem("theme");
  } catch (refused) {
    theme = null; /* storage may be forbidden; the system's wish is then followed */
  }
  if (theme !== "light" && theme !== "dark") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-bs-theme", theme);
})();
