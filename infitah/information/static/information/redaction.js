// Drawing a box with the mouse or a finger: it fills the two corners and sends the form. Without
// this script two clicks do the same.
(() => {
  const form = document.querySelector("[data-drawing]");
  if (!form || !window.PointerEvent) return;
  const image = form.querySelector('input[type="image"]');
  const boxes = form.querySelector(".drawing-boxes");
  const least = 4;
  let start = null;
  let shape = null;
  let drawn = false;

  // The page comes back where it was: the second click falls where the eye is.
  const place = `drawing:${location.pathname}`;
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    history.scrollRestoration = "manual";
    const back = () => window.scrollTo(0, Number(kept));
    back();
    addEventListener("load", back, { once: true });
  }
  const keep = () => sessionStorage.setItem(place, String(window.scrollY));
  form.addEventListener("submit", keep);

  const at = (event) => {
    const around = image.getBoundingClientRect();
    return {
      x: Math.min(Math.max(event.clientX - around.left, 0), around.width),
      y: Math.min(Math.max(event.clientY - around.top, 0), around.height),
    };
  };

  const hidden = (name, value) => {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = String(value);
    form.append(field);
  };

  image.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    start = at(event);
    drawn = false;
    shape = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    shape.setAttribute("class", "box-drawn");
    boxes.append(shape);
    image.setPointerCapture(event.pointerId);
    event.preventDefault();
  });

  image.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = at(event);
    shape.setAttribute("x", Math.min(start.x, end.x));
    shape.setAttribute("y", Math.min(start.y, end.y));
    shape.setAttribute("width", Math.abs(end.x - start.x));
    shape.setAttribute("height", Math.abs(end.y - start.y));
  });

  image.addEventListener("pointerup", (event) => {
    if (!start) return;
    const end = at(event);
    const from = start;
    start = null;
    if (Math.abs(end.x - from.x) < least || Math.abs(end.y - from.y) < least) {
      shape.remove();
      return;
    }
    drawn = true;
    form.querySelectorAll('[name="first_x"], [name="first_y"]').forEach((one) => one.remove());
    hidden("first_x", from.x);
    hidden("first_y", from.y);
    hidden("at.x", end.x);
    hidden("at.y", end.y);
    keep();
    form.submit();
  });

  image.addEventListener("click", (event) => {
    if (drawn) event.preventDefault();
  });
})();
