// The page of a report: words and findings light each other up; keys and clicks decide.

import { fetchPage, isTyping, keysAreOn, say, send, swap } from "./desk.js";
import { letGo, move, resizable } from "./extent.js";
import { parse, toPlace, toWords } from "./places.js";

const report = document.getElementById("report");
const address = `/reports/${report.dataset.report}`;
const mayDecide = "decide" in report.dataset;
const panel = () => document.getElementById("panel");
const byKey = (key) => (key ? document.getElementById(`f-${key}`) : null);

let now = "";        // the key of the current item
let ready = Promise.resolve();

// Every item in the order of the text: findings and the sentences that have no finding of their own to look at.
function items() {
  const every = [...document.querySelectorAll(".finding[data-thing]:not([data-thing='']), .sentence[data-thing]")];
  const seen = new Map();
  for (const one of every) if (isShown(one)) seen.set(keyOf(one), one);
  return [...seen.values()].sort((one, other) => startOf(one) - startOf(other));
}

const keyOf = (one) => one.dataset.key ?? one.id;
const startOf = (one) => (one.dataset.span ? parse(one.dataset.span)[0] : 0);
const elementOf = (key) => (key ? byKey(key) ?? document.getElementById(key) : null);
const isShown = (one) => one.getClientRects().length > 0;

function light(key, { scroll = true } = {}) {
  document.querySelectorAll(".lit, .sentence.now").forEach((one) => one.classList.remove("lit", "now"));
  const marks = [...document.querySelectorAll("#article mark")].filter((one) => one.dataset.f.split(" ").includes(key));
  marks.forEach((one) => one.classList.add("lit"));
  const finding = byKey(key), sentence = finding ? null : elementOf(key);
  finding?.classList.add("lit");
  sentence?.classList.add("now");
  marks[0]?.closest("details")?.setAttribute("open", "");
  if (!scroll) return;
  // On a narrow screen the findings stand below the text, and the panel covers the lower half of it.
  const isWide = matchMedia("(min-width: 64rem)").matches;
  if (isWide) finding?.scrollIntoView({ block: "nearest" });
  (marks[0] ?? sentence)?.scrollIntoView({ block: isWide ? "nearest" : "start" });
}

/** Make an item the current one, and show what can be done with it. */
function choose(key, options) {
  now = key;
  letGo();
  light(key, options);
  if (!mayDecide) return;
  const one = elementOf(key);
  ready = key && one?.dataset.thing ? show(`item=${encodeURIComponent(key)}`) : close();
}

async function show(query) {
  try {
    const page = await fetchPage(`${address}/panel?${query}`);
    panel().replaceChildren(...page.body.childNodes);
  } catch (error) {
    say(error.message);
    return;
  }
  const card = panel().querySelector("[data-for]");
  if (["event", "argument", "name"].includes(card?.dataset.thing)) resizable(card.dataset.span, resize);
}

async function close() {
  panel().replaceChildren();
  letGo();
}

// Send the form of the panel again with another extent.
function resize(extent) {
  const form = panel().querySelector("form.verdicts");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "extent", value: extent });
  form.append(field);
  submit(form, null);
}

function go(step, isUnsure = false) {
  const every = items().filter((one) => !isUnsure || one.classList.contains("unsure"));
  if (!every.length) return say(isUnsure ? "Nothing is unsure any more." : "There is nothing here.");
  const at = every.findIndex((one) => keyOf(one) === now);
  if (at >= 0) return choose(keyOf(every[(at + step + every.length) % every.length]));
  const current = now && elementOf(now);
  const place = current ? startOf(current) : Number(now.split("-")[1]) || 0;
  const next = step > 0 ? every.find((one) => startOf(one) >= place) ?? every[0] : every.findLast((one) => startOf(one) < place) ?? every.at(-1);
  return choose(keyOf(next));
}

async function submit(form, button) {
  const verdict = button?.name === "verdict";
  const after = verdict ? nextUnsure() : now;
  let page;
  try {
    page = await send(form, button);
  } catch (error) {
    say(error.message);
    return;
  }
  if (!page.getElementById("article")) { location.reload(); return; }
  const hidden = [...document.querySelectorAll(".tools input:not(:checked)")].map((one) => one.id);
  const top = document.getElementById("found").scrollTop;
  letGo();
  swap(page, "article", "found");
  const count = page.getElementById("unsure-count");
  document.getElementById("unsure-count").textContent = count.textContent;
  document.querySelector(".head .facts .incident")?.replaceWith(page.querySelector(".head .facts .incident") ?? "");
  hidden.forEach((id) => { const box = document.getElementById(id); if (box) box.checked = false; });
  document.getElementById("found").scrollTop = top;
  const left = Number(count.textContent);
  say(`Saved. ${left ? `${left} unsure left.` : "Nothing is unsure any more."}`);
  if (elementOf(after)) choose(after); else if (verdict) close(); else near(after);
}

// The item that is where another was: a change of its type or extent gives it another key.
function near(key) {
  const [thing, start] = key.split("-");
  const found = items().find((one) => one.dataset.thing === thing && Math.abs(startOf(one) - Number(start)) < 40);
  if (found) choose(keyOf(found)); else close();
}

function nextUnsure() {
  const every = items().filter((one) => one.classList.contains("unsure") && keyOf(one) !== now);
  const place = Number(now.split("-")[1]) || 0;
  const next = every.find((one) => startOf(one) >= place) ?? every[0];
  return next ? keyOf(next) : "";
}

// Clicks

document.addEventListener("click", (event) => {
  const more = event.target.closest(".finding");
  if (more && !event.target.closest(".decided a")) {
    event.preventDefault();
    choose(more.dataset.key);
    return;
  }
  const mark = event.target.closest("#article mark");
  if (mark && getSelection().isCollapsed) {
    // A second click on the same words goes on to the next finding there.
    const keys = mark.dataset.f.split(" ").filter((key) => { const one = byKey(key); return one && isShown(one); });
    if (keys.length) choose(keys[(keys.indexOf(now) + 1) % keys.length]);
    return;
  }
  const sentence = event.target.closest("#article .sentence");
  if (sentence && mayDecide && getSelection().isCollapsed) choose(sentence.id, { scroll: false });
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.live")) return;
  event.preventDefault();
  submit(event.target, event.submitter);
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// Words that somebody marks can become a trigger, an argument or a name.
document.addEventListener("pointerup", (event) => {
  if (!mayDecide || !event.target.closest?.("#article") || event.target.closest(".handle")) return;
  setTimeout(() => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const ends = [toPlace(range.startContainer, range.startOffset), toPlace(range.endContainer, range.endOffset)];
    if (ends.includes(null)) return;
    const [start, end] = toWords(...ends);
    if (start < end) { now = ""; light(""); letGo(); ready = show(`span=${start}:${end}`); }
  });
});

// Keys: no modes. What a key does stands on a button, and the key presses that button.

document.addEventListener("keydown", async (event) => {
  if (event.key === "Escape") { now = ""; light(""); close(); return; }
  if (!keysAreOn() || isTyping(event) || document.querySelector("dialog[open]")) return;
  if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    if (move(event.altKey ? "begin" : "end", event.key === "ArrowRight" ? 1 : -1)) event.preventDefault();
    return;
  }
  if (event.altKey) return;
  const steps = { j: [1], k: [-1], n: [1, true], p: [-1, true] };
  if (event.key in steps) { event.preventDefault(); go(...steps[event.key]); return; }
  if (event.key === "?") { keys?.showModal(); return; }
  if (/^[arsuU0-9]$/.test(event.key)) {
    event.preventDefault();
    await ready;
    const button = document.querySelector(`#panel [data-key="${event.key}"], .tools [data-key="${event.key}"]`);
    button?.form.requestSubmit(button);
  }
});

const keys = document.getElementById("keys");
if (keys) {
  const on = document.getElementById("keys-on"), button = document.getElementById("keys-button");
  on.checked = keysAreOn();
  on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  button.hidden = false;
  button.addEventListener("click", () => keys.showModal());
}

// A link to a place lights the finding that begins there, or the last one before.
function follow() {
  const place = Number(location.hash.match(/^#at-(\d+)/)?.[1] ?? NaN);
  if (Number.isNaN(place)) return;
  const marks = [...document.querySelectorAll("#article mark")];
  const mark = document.getElementById(`at-${place}`) ?? marks.findLast((one) => Number(one.id.slice(3)) <= place);
  if (mark) { mark.closest("details")?.setAttribute("open", ""); mark.scrollIntoView({ block: "center" }); choose(mark.dataset.f.split(" ")[0], { scroll: false }); }
}

addEventListener("hashchange", follow);
follow();
const asked = new URLSearchParams(location.search).get("item");
if (asked) choose(asked);
