// A passkey is made or shown by the device; what it answers goes to the service with the form. Nothing is kept here.

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

function forTheDevice({ publicKey }) {
  const list = (name) => publicKey[name]?.map((one) => ({ ...one, id: toBytes(one.id) }));
  return {
    ...publicKey,
    challenge: toBytes(publicKey.challenge),
    ...(publicKey.user && { user: { ...publicKey.user, id: toBytes(publicKey.user.id) } }),
    ...(publicKey.excludeCredentials && { excludeCredentials: list("excludeCredentials") }),
    ...(publicKey.allowCredentials && { allowCredentials: list("allowCredentials") }),
  };
}

function forTheService(made) {
  const names = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = names.filter((name) => made.response[name]);
  const response = Object.fromEntries(given.map((name) => [name, toText(made.response[name])]));
  const clientExtensionResults = made.getClientExtensionResults();
  return JSON.stringify({ id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults });
}

async function ask(form) {
  const options = { publicKey: forTheDevice(JSON.parse(form.dataset.options)) };
  form.elements.credential.value = forTheService(await navigator.credentials[form.dataset.passkey](options));
  form.submit();
}

const works = "credentials" in navigator && "PublicKeyCredential" in globalThis;
for (const word of document.querySelectorAll("[data-without-passkeys]")) word.hidden = works;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  form.hidden = !works;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    ask(form).catch(() => { failed.hidden = false; });
  });
}
