// What somebody types is kept for them while they type, so that an interruption loses nothing.

const PAUSE = 1500;

function keep(form) {
  const typed = new FormData(form);
  typed.set("meanwhile", "yes");
  fetch(form.action || location.href, { method: "POST", body: typed, keepalive: true, redirect: "manual" }).catch(() => {});
}

for (const form of document.querySelectorAll("form[data-keeps]")) {
  let waits = 0;
  const now = () => { if (waits) { clearTimeout(waits); waits = 0; keep(form); } };
  form.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(now, PAUSE); });
  form.addEventListener("submit", () => { clearTimeout(waits); waits = 0; });
  addEventListener("pagehide", now);
}
