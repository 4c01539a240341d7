/* Forms marked data-live="selector" send themselves while they are filled in. Of the page that is
   answered, each element the selector names takes the place of the one here with the same id; words
   in an element's data-say are said in #said, the only part a screen reader speaks by itself.
   Whatever goes wrong, the form stays as it is and its buttons work. */

const WAIT = 250; // milliseconds of rest before a form is sent: between two strokes of a quick hand

for (const form of document.querySelectorAll("form[data-live]")) keepLive(form);
for (const slider of document.querySelectorAll("input[type=range]")) keepTold(slider);

function keepLive(form) {
  let due;
  let flight;
  const later = (wait) => {
    clearTimeout(due);
    due = setTimeout(async () => {
      flight?.abort();
      flight = new AbortController();
      await send(form, flight.signal);
    }, wait);
  };
  form.addEventListener("input", () => later(WAIT));
  form.addEventListener("change", () => later(WAIT));
  form.addEventListener("reset", () => later(0));
}

async function send(form, signal) {
  const parts = [...document.querySelectorAll(form.dataset.live)];
  for (const part of parts) part.setAttribute("aria-busy", "true");
  try {
    const page = await answer(form, signal);
    if (page) for (const part of parts) renew(part, page.getElementById(part.id));
  } catch {
    // Overtaken by the next, or no answer: what is shown stays.
  } finally {
    if (!signal.aborted) for (const part of parts) part.removeAttribute("aria-busy");
  }
}

async function answer(form, signal) {
  const fields = new URLSearchParams(new FormData(form));
  const posts = form.method === "post";
  const address = posts ? form.action : `${form.action}?${fields}`;
  const sent = posts ? { method: "POST", body: fields, signal } : { signal };
  const response = await fetch(address, sent);
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  if (!isPage || response.redirected || response.status >= 500) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!posts) history.replaceState(null, "", address);
  return page;
}

function renew(old, fresh) {
  old.removeAttribute("aria-busy");
  if (!fresh || old.isEqualNode(fresh)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  for (const part of old.querySelectorAll("details[open][id]")) {
    fresh.querySelector(`#${CSS.escape(part.id)}`)?.setAttribute("open", "");
  }
  old.replaceWith(fresh);
  if (focused) document.getElementById(focused)?.focus();
  const field = document.querySelector(`[aria-describedby~="${old.id}"]`);
  field?.setAttribute("aria-invalid", fresh.textContent.trim() !== "");
  if (fresh.dataset.say) document.getElementById("said").textContent = fresh.dataset.say;
}

function keepTold(slider) {
  const output = slider.parentElement.querySelector("output");
  const tell = () => { output.value = Number(slider.value).toFixed(1); };
  slider.addEventListener("input", tell);
  slider.form.addEventListener("reset", () => setTimeout(tell));
}
