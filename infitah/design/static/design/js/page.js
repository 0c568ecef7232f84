// Small helps for pages that already work without them; found by data attributes.

// Copy a reference: the button shows itself only where it can work.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const words = button.innerHTML;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.innerHTML = words; }, 2000);
  });
}

// A link to hand over is selected whole.
for (const input of document.querySelectorAll("input[data-whole]")) {
  input.addEventListener("focus", () => input.select());
}

// The summary of errors is read first.
document.querySelector("[data-focus]")?.focus();

// One press sends once. The button stays focusable, and comes back with the page from history.
for (const form of document.querySelectorAll("form[method='post']")) {
  let isSent = false;
  const buttons = form.querySelectorAll("button:not([type='button'])");
  form.addEventListener("submit", (event) => {
    if (isSent) { event.preventDefault(); return; }
    isSent = true;
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
    for (const button of buttons) button.removeAttribute("aria-disabled");
  });
}

// Forms have their own module, fetched only where a form asks for it.
if (document.querySelector("[data-counter], [data-similar-url]")) {
  import(document.querySelector("script[data-form-module]").dataset.formModule);
}
