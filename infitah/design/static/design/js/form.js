// Helps while typing: how many characters are left, and what was already said by others.

function counter(control) {
  const line = document.querySelector(`[data-counter-for="${CSS.escape(control.id)}"]`);
  if (!line) return;
  const least = Number(line.dataset.least);
  const most = Number(line.dataset.most);
  const say = (words, count) => words.replace("{n}", count);
  const show = () => {
    const length = [...control.value.trim()].length;
    if (length < least) line.textContent = say(line.dataset.short, least - length);
    else if (most && length > most) line.textContent = say(line.dataset.over, length - most);
    else line.textContent = most ? say(line.dataset.left, most - length) : "";
    line.hidden = length === 0 || line.textContent === "";
  };
  control.addEventListener("input", show);
  show();
}

// GET data-similar-url?q=… gives a fragment of HTML made by our own templates; it lands in the
// element named by data-similar-target, which is a polite live region.
function similar(control) {
  const target = document.getElementById(control.dataset.similarTarget);
  if (!target) return;
  target.setAttribute("aria-live", "polite");
  const least = Number(control.dataset.similarLeast || 8);
  let timer = 0;
  let running = null;
  const ask = async (words) => {
    running?.abort();
    running = new AbortController();
    const address = new URL(control.dataset.similarUrl, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: running.signal, credentials: "same-origin" });
      if (answer.ok && answer.status !== 204) target.innerHTML = await answer.text();
      else target.replaceChildren();
    } catch (fault) {
      if (fault.name !== "AbortError") target.replaceChildren();
    }
  };
  control.addEventListener("input", () => {
    clearTimeout(timer);
    const words = control.value.trim();
    if (words.length < least) { running?.abort(); target.replaceChildren(); return; }
    timer = setTimeout(() => ask(words), 300);
  });
}

for (const control of document.querySelectorAll("[data-counter]")) counter(control);
for (const control of document.querySelectorAll("[data-similar-url]")) similar(control);
