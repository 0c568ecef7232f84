// Passkeys: the browser asks the device, and the form is sent with its answer.
// Options stand in the page as JSON data, or come from the address of the log-in form.
(() => {
  async function options(form) {
    if (form.dataset.passkey !== "login") {
      return JSON.parse(document.getElementById("passkey-options").textContent);
    }
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function credential(form) {
    const data = await options(form);
    if (form.dataset.passkey !== "add") return window.webauthnJSON.get(data.request_options);
    const request = structuredClone(data.creation_options);
    const alone = Boolean(form.elements.passwordless?.checked);
    Object.assign(request.publicKey.authenticatorSelection, {
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    });
    return window.webauthnJSON.create(request);
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const words = form.querySelector("[data-passkey-words]");
    form.querySelector("button").hidden = false; // without this script nothing can be asked
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      words.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await credential(form));
        form.submit();
      } catch {
        words.hidden = false;
      }
    });
  }
})();
