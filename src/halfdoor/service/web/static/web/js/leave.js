// Leave quickly: this page gives way to an everyday one, and going back finds nothing.

const link = document.querySelector("a[data-leave]");

link?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true;
  fetch(link.href, { keepalive: true, redirect: "manual" });
  location.replace(link.dataset.leave);
});

// A page kept in memory by the browser is asked for again, so that it shows nothing after leaving.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
