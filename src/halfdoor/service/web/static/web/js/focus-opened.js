// What a link opened in place takes the focus, so that the keyboard and a screen reader go on from there.
document.addEventListener("htmx:afterSettle", (event) => {
  const opened = document.getElementById(event.detail.target.id);
  if (opened?.matches("[tabindex='-1']")) opened.focus({ preventScroll: true });
});
