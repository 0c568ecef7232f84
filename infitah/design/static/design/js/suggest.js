// Suggestions under a field while somebody types. GET data-suggest-url?q=… gives a list of links made
// by our own templates. Under a line of a search they become a listbox (WAI-ARIA combobox pattern:
// the focus stays in the field, arrows choose, Enter follows, Escape closes); under a long text they
// stay links below it. Nothing is sent before the third letter, and nothing is kept.

const LEAST = 3;
const PAUSE = 200;

function started(box) {
  const field = document.getElementById(box.dataset.suggestFor);
  if (!field) return;
  const isListbox = box.dataset.suggestAs === "options" && field.tagName === "INPUT";
  const said = document.createElement("p");
  said.className = "sr-only";
  said.setAttribute("role", "status");
  box.before(said);
  box.className = isListbox ? "suggest-list" : "suggest-links";
  let timer = 0;
  let running = null;
  let asked = "";

  const options = () => [...box.querySelectorAll("[role='option']")];
  const chosen = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");

  function choose(place) {
    options().forEach((one, index) => one.setAttribute("aria-selected", String(index === place)));
    const one = options()[place];
    if (one) field.setAttribute("aria-activedescendant", one.id);
    else field.removeAttribute("aria-activedescendant");
    one?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    running?.abort();
    box.hidden = true;
    box.replaceChildren();
    said.textContent = "";
    asked = "";
    if (isListbox) {
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }
  }

  function told(place) {
    if (!place) return; // a page of help is no record: nothing is counted
    const facts = new FormData();
    facts.set("opened", place);
    navigator.sendBeacon?.(box.dataset.suggestOpened, facts);
  }

  function asOptions(list) {
    list.id = `${field.id}-suggestions`;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.suggestLabel);
    for (const [place, item] of [...list.children].entries()) {
      const link = item.querySelector("a");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.dataset.href = link.href;
      link.replaceWith(...link.childNodes);
    }
  }

  function asLinks(list) {
    const title = document.createElement("p");
    title.className = "notice-word";
    title.textContent = box.dataset.suggestLabel;
    box.prepend(title);
    for (const link of list.querySelectorAll("a")) {
      link.target = "_blank";
      link.rel = "noopener";
      const note = document.createElement("span");
      note.className = "sr-only";
      note.textContent = ` (${box.dataset.suggestNew})`;
      link.append(note);
      link.addEventListener("click", () => told(link.closest("li").dataset.place));
    }
  }

  function show(html) {
    box.innerHTML = html;
    const list = box.querySelector("ul");
    if (!list) { close(); return; }
    if (isListbox) asOptions(list);
    else asLinks(list);
    box.hidden = false;
    said.textContent = list.dataset.words;
    if (isListbox) field.setAttribute("aria-expanded", "true");
  }

  async function ask(words) {
    running?.abort();
    running = new AbortController();
    const address = new URL(box.dataset.suggestUrl, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: running.signal, credentials: "same-origin" });
      if (answer.status === 200) show(await answer.text());
      else { close(); asked = words; }
    } catch (fault) {
      if (fault.name !== "AbortError") close();
    }
  }

  function follow(place) {
    const one = options()[place];
    if (!one) return false;
    told(one.dataset.place);
    location.assign(one.dataset.href);
    return true;
  }

  function pressed(event) {
    if (event.isComposing || box.hidden) return;
    const last = options().length - 1;
    if (event.key === "ArrowDown") choose(chosen() === last ? -1 : chosen() + 1);
    else if (event.key === "ArrowUp") choose(chosen() === -1 ? last : chosen() - 1);
    else if (event.key === "Escape") close();
    else if (event.key !== "Enter" || !follow(chosen())) return;
    event.preventDefault();
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    const words = field.value.trim();
    if ([...words].length < LEAST) { close(); return; }
    if (isListbox) choose(-1);
    if (words !== asked) timer = setTimeout(() => { asked = words; ask(words); }, PAUSE);
  });
  if (!isListbox) return;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", box.id = `${field.id}-box`);
  field.addEventListener("keydown", pressed);
  field.addEventListener("blur", close);
  box.addEventListener("mousedown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => follow(options().indexOf(event.target.closest("[role='option']"))));
}

for (const box of document.querySelectorAll("[data-suggest-for]")) started(box);
