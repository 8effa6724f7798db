// Resizing the span of the current item: with its handles, or with shift and the arrow keys.

import { byWord, parse, toPlace, toRange, toWords } from "./places.js";

let begin, end, save, timer, handles = [];
const highlight = globalThis.CSS?.highlights && new Highlight();
if (highlight) CSS.highlights.set("extent", highlight);

/** Let a span be resized; `saved` is called with its new place. */
export function resizable(place, saved) {
  letGo();
  [begin, end] = parse(place);
  save = saved;
  show();
}

/** Take the handles away. */
export function letGo() {
  clearTimeout(timer);
  handles.forEach((one) => one.remove());
  handles = [];
  highlight?.clear();
  save = null;
}

/** Move an end of the span by a word; it is saved a moment after the last key. Returns whether there is a span. */
export function move(which, step) {
  if (!save) return false;
  const next = which === "begin" ? [byWord(begin, step), end] : [begin, byWord(end, step)];
  if (next[0] < next[1]) take(...next);
  return true;
}

function take(...place) {
  [begin, end] = place;
  preview();
  clearTimeout(timer);
  timer = setTimeout(() => save?.(`${begin}:${end}`), 700);
}

function preview() {
  const range = toRange(begin, end);
  highlight?.clear();
  if (range) highlight?.add(range);
  place();
}

function show() {
  const article = document.getElementById("article");
  handles = ["begin", "end"].map((which) => {
    const handle = document.createElement("span");
    handle.className = "handle";
    handle.setAttribute("aria-hidden", "true");
    handle.addEventListener("pointerdown", (event) => drag(event, which, handle));
    article.append(handle);
    return handle;
  });
  place();
}

// Put the handles at the ends of the span. Styles are set by scripts, which the security policy allows.
function place() {
  const article = document.getElementById("article").getBoundingClientRect();
  const boxes = [...(toRange(begin, end)?.getClientRects() ?? [])];
  if (!boxes.length) return letGo();
  const ends = [[boxes[0], boxes[0].left], [boxes.at(-1), boxes.at(-1).right]];
  handles.forEach((handle, number) => {
    const [box, left] = ends[number];
    handle.style.left = `${left - article.left}px`;
    handle.style.top = `${box.top - article.top}px`;
    handle.style.height = `${box.height}px`;
  });
}

function drag(event, which, handle) {
  event.preventDefault();
  clearTimeout(timer);
  handle.setPointerCapture(event.pointerId);
  handles.forEach((one) => { one.style.pointerEvents = "none"; });
  const onMove = (moved) => {
    const at = placeAt(moved.clientX, moved.clientY);
    if (at === null) return;
    if (which === "begin" && at < end) begin = at;
    if (which === "end" && at > begin) end = at;
    preview();
  };
  const onUp = () => {
    handle.removeEventListener("pointermove", onMove);
    handles.forEach((one) => { one.style.pointerEvents = ""; });
    take(...toWords(begin, end));
  };
  handle.addEventListener("pointermove", onMove);
  handle.addEventListener("pointerup", onUp, { once: true });
}

function placeAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && toPlace(caret.offsetNode, caret.offset);
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && toPlace(range.startContainer, range.startOffset);
}
