// The most private pages: left alone for a while, they give way to the one that asks who is there.

const { shutsAfter, shutsTo } = document.body.dataset;
let waiting;

function shut() {
  document.documentElement.hidden = true;
  location.replace(shutsTo);
}

function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(shut, Number(shutsAfter) * 1000);
}

for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, wait, { passive: true });
wait();
