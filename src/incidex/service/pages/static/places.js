// Places in the text of a report. They count in code points, as everywhere in Incidex; browsers count in UTF-16.

const article = () => document.getElementById("article");

/** Return [start, end] of a place such as "120:134". */
export function parse(place) {
  return place.split(":").map(Number);
}

// Text nodes that are part of the report, without labels.
function* texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => node.parentElement.closest(".labels, summary, .handle") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  });
  while (walker.nextNode()) yield walker.currentNode;
}

const length = (words) => { let count = 0; for (const _ of words) count += 1; return count; };

// The blocks know where they begin; within a block every character of the text stands in the page.
function blockOf(node) {
  return (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-block]");
}

/** Return the place in the text where a point of the page is; null if it is not in the text. */
export function toPlace(node, offset) {
  const block = blockOf(node);
  if (!block || !article().contains(block)) return null;
  let place = parse(block.dataset.block)[0];
  for (const text of texts(block)) {
    if (text === node) return place + length(text.data.slice(0, offset));
    if (node.nodeType !== Node.TEXT_NODE && node.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING
        && !node.contains(text)) return place;
    if (node.nodeType !== Node.TEXT_NODE && node.childNodes[offset]?.contains(text)) return place;
    place += length(text.data);
  }
  return place;
}

/** Return the range of the page that shows a place; null if it is not shown. */
export function toRange(start, end) {
  const from = point(start, false), to = point(end, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

function point(place, isEnd) {
  for (const block of article().querySelectorAll("[data-block]")) {
    const [begin, end] = parse(block.dataset.block);
    if (place < begin || place > end) continue;
    let here = begin;
    for (const text of texts(block)) {
      const long = length(text.data);
      if (place < here + long || (isEnd && place === here + long)) {
        return [text, [...text.data].slice(0, place - here).join("").length];
      }
      here += long;
    }
  }
  return null;
}

/** Move a place by a word; `text` is the block's words, `begin` where it begins. */
export function byWord(place, step) {
  const block = [...article().querySelectorAll("[data-block]")]
    .find((one) => { const [begin, end] = parse(one.dataset.block); return begin <= place && place <= end; });
  if (!block) return place;
  const [begin] = parse(block.dataset.block);
  const letters = [...[...texts(block)].map((one) => one.data).join("")];
  const isWord = (at) => /[\p{L}\p{N}_]/u.test(letters[at] ?? "");
  let at = place - begin;
  if (step > 0) {
    while (at < letters.length && !isWord(at)) at += 1;
    while (at < letters.length && isWord(at)) at += 1;
  } else {
    while (at > 0 && !isWord(at - 1)) at -= 1;
    while (at > 0 && isWord(at - 1)) at -= 1;
  }
  return begin + at;
}

/** Take white space off both ends of a place, and make it end where words end. */
export function toWords(start, end) {
  const range = toRange(start, end);
  const letters = range ? [...range.toString()] : [];
  while (letters.length && !letters[0].trim()) { letters.shift(); start += 1; }
  while (letters.length && !letters.at(-1).trim()) { letters.pop(); end -= 1; }
  return [start, end];
}
