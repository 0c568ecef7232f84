/* Mends of Wagtail's back office (website.md B2, B4, B9); words come from the script's own tag. */
const words = document.currentScript.dataset;

const TYPED = 'input[type="text"], input:not([type]), input[type="search"], textarea';

// Text follows its own direction; an empty field, with its placeholder, that of the page.
function follow(field) {
  if (field.value) field.dir = "auto";
  else field.removeAttribute("dir");
}

function followTheText(root) {
  for (const field of root.querySelectorAll(TYPED)) {
    if (field.hasAttribute("dir") || "followed" in field.dataset) continue;
    field.dataset.followed = "";
    field.addEventListener("input", () => follow(field));
    follow(field);
  }
}

function nameTheFile(input, label) {
  input.addEventListener("change", () => {
    const names = [...input.files].map((file) => file.name).join("، ");
    label.textContent = names || words.choose;
  });
}

function ownUploadWords(root) {
  for (const input of root.querySelectorAll('input[type="file"]:not([data-worded])')) {
    input.dataset.worded = "";
    const label = document.createElement("span");
    label.className = "upload-button";
    label.setAttribute("aria-hidden", "true");
    label.textContent = words.choose;
    label.addEventListener("click", () => input.click());
    const box = document.createElement("span");
    box.className = "upload-in-our-words";
    input.replaceWith(box);
    box.append(input, label);
    nameTheFile(input, label);
  }
}

// Wagtail names neither its text editor nor the input inside its field of tags.
function nameTheNameless(root) {
  for (const field of root.querySelectorAll(".public-DraftEditor-content, .tagit-new input")) {
    if (field.hasAttribute("aria-label") || field.hasAttribute("aria-labelledby")) continue;
    const label =
      field.closest("[data-field-wrapper]")?.querySelector("label") ??
      field.closest("section")?.querySelector("h2");
    const name = label?.textContent.replace("*", "").trim();
    if (name) field.setAttribute("aria-label", name);
  }
}

function mend(root) {
  nameTheNameless(root);
  followTheText(root);
  ownUploadWords(root);
}

// The floating toolbar overflows over the side panel: pinned unless the editor chose otherwise.
if (!localStorage.getItem("wagtail:draftail-toolbar")) {
  localStorage.setItem("wagtail:draftail-toolbar", "sticky");
}

document.addEventListener("DOMContentLoaded", () => {
  mend(document);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) mend(node.parentElement ?? node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
});
