// What all pages share: messages, forms that are sent without leaving the page, and the key for the search.

const said = document.getElementById("said");
let quiet;

/** Show a message, which screen readers read out. */
export function say(words) {
  said.textContent = words;
  clearTimeout(quiet);
  quiet = setTimeout(() => { said.textContent = ""; }, 6000);
}

/** Fetch a page of the desk and return it as a document. Throws an error with the words of the page if it is one. */
export async function fetchPage(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...options });
  } catch {
    throw new Error("The desk does not answer.\nNothing was lost: try again in a moment.");
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok) return page;
  const lines = [...page.querySelectorAll("main h1, main p:not(:has(a))")].map((one) => one.textContent.trim());
  throw new Error(lines.join("\n") || `The desk answered ${answer.status}.`);
}

/** Send a form as a browser would, and return the page that it leads to. */
export function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  return fetchPage(form.action, { method: "POST", body });
}

/** Put parts of a fetched page, by their ids, in place of those of this page. */
export function swap(page, ...ids) {
  for (const id of ids) {
    const now = document.getElementById(id), next = page.getElementById(id);
    if (now && next) now.replaceWith(document.adoptNode(next));
  }
}

/** Whether a key was typed into a field, or with a key that belongs to the browser. */
export function isTyping(event) {
  const target = event.target;
  return event.ctrlKey || event.metaKey || target.isContentEditable
    || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

export function keysAreOn() {
  return localStorage.getItem("keys") !== "off";
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && keysAreOn() && !isTyping(event)) {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
});
