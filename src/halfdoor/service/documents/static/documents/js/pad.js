// A place to sign by hand. Whoever does not draw signs by typing; without this script the place is not there at all.

const WIDTH = 600;
const HEIGHT = 200;
const MOST = 4000;

for (const place of document.querySelectorAll("[data-pad]")) {
  const picture = place.querySelector("svg");
  const line = picture.querySelector("path:not(.rule)");
  const field = document.getElementById(place.dataset.pad);
  let strokes = [];
  let current = null;

  const show = () => {
    line.setAttribute("d", strokes.map((one) => `M${one.map((point) => point.join(" ")).join("L")}`).join(""));
    field.value = strokes.length ? JSON.stringify(strokes) : "";
  };

  const add = (event) => {
    const box = picture.getBoundingClientRect();
    const within = (value, most) => Math.round(Math.min(Math.max(value, 0), 1) * most);
    if (strokes.flat().length >= MOST) return;
    current.push([within((event.clientX - box.left) / box.width, WIDTH), within((event.clientY - box.top) / box.height, HEIGHT)]);
    show();
  };

  picture.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    current = [];
    strokes.push(current);
    add(event);
  });
  picture.addEventListener("pointermove", (event) => { if (current) add(event); });
  for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => { current = null; });
  place.querySelector("button").addEventListener("click", () => { strokes = []; show(); });

  place.hidden = false;
}
