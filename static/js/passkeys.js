// Passkeys: the ceremony between the browser and two addresses of ours. An element with data-passkey="create" or "get" names
// them (data-begin, data-complete), and stays hidden where the browser or the page's address cannot have passkeys.

const isAddress = /^[\d.]+$|:/.test(window.location.hostname);
const isAvailable = !isAddress && Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON);

const post = async (url, token, body) => {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.detail), { code: said.code });
  return said;
};

const ceremonies = {
  create: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

const perform = async (place) => {
  const { passkey, begin, complete, token, next } = place.dataset;
  const options = await post(begin, token, {});
  const credential = await ceremonies[passkey](options);
  const named = place.elements?.namedItem("name");
  const body = named ? { ...credential.toJSON(), name: named.value } : credential.toJSON();
  const query = next ? `?next=${encodeURIComponent(next)}` : "";
  window.location.assign((await post(`${complete}${query}`, token, body)).redirect_url);
};

const start = async (place) => {
  const button = place.querySelector("[data-passkey-start]");
  const error = place.querySelector("[data-passkey-error]");
  error.hidden = true;
  button.disabled = true;
  try {
    await perform(place);
  } catch (failure) {
    if (failure.code === "not_confirmed") {
      window.location.assign(`${place.dataset.confirm}?next=${encodeURIComponent(window.location.pathname)}`);
    }
    error.hidden = false;
    button.disabled = false;
  }
};

if (isAvailable) {
  for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = false;
} else {
  for (const place of document.querySelectorAll("[data-passkey-unavailable]")) place.hidden = false;
}

document.addEventListener("click", (event) => {
  const place = event.target.closest("button[data-passkey-start]")?.closest("[data-passkey='get']");
  if (place) start(place);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-passkey='create']")) return;
  event.preventDefault();
  start(event.target);
});
