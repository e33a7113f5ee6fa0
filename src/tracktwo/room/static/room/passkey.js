// Passkeys: the forms that need one are shown where the browser has them, and are sent with what it signed.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const listed = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

async function asked(address, purpose) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ purpose }) });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("stale");
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

async function made() {
  const options = await asked("/account/passkeys/new", "register");
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: listed(options.excludeCredentials),
  };
  const { id, type, rawId, response } = await navigator.credentials.create({ publicKey });
  const given = { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) };
  return { id, type, rawId: text(rawId), response: given };
}

async function signed(purpose) {
  const options = await asked("/passkey/options", purpose);
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: listed(options.allowCredentials),
  };
  const { id, type, rawId, response } = await navigator.credentials.get({ publicKey });
  const given = {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
  };
  if (response.userHandle) given.userHandle = text(response.userHandle);
  return { id, type, rawId: text(rawId), response: given };
}

async function send(form) {
  const { passkey } = form.dataset;
  const told = form.querySelector("[role=status]");
  told.textContent = "";
  try {
    const credential = passkey === "register" ? await made() : await signed(passkey);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch (error) {
    if (error.message === "stale") location.reload();
    else told.textContent = told.dataset.refused;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
  for (const each of document.querySelectorAll(".without-passkeys")) each.hidden = true;
}
