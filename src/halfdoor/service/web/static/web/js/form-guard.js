// A form that somebody has typed in is not left by accident; a page with something to mend begins there.

let typed = false;

for (const form of document.querySelectorAll("form[data-guard]")) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
}

addEventListener("beforeunload", (event) => {
  if (typed) event.preventDefault();
});

document.querySelector("[data-focus]")?.focus();
