// The inbox: files are dropped anywhere, and the lines change while reports are read.

import { fetchPage, say, swap } from "./desk.js";

const form = document.getElementById("add");
let waiting = false;

async function renew() {
  if (waiting) return;
  waiting = true;
  await new Promise((done) => setTimeout(done, 250));
  waiting = false;
  try {
    const page = await fetchPage("/");
    const before = document.querySelectorAll(".job.read, .job.failed").length;
    swap(page, "jobs", "reports");
    const over = document.querySelectorAll(".job.read, .job.failed").length;
    const open = document.querySelectorAll(".job.waiting, .job.reading").length;
    if (over > before) say(open ? `${open} still to read.` : "All reports are read.");
  } catch (error) {
    say(error.message);
  }
}

new EventSource("/inbox/events").addEventListener("job", renew);
// What changed while this page was on its way.
if (document.querySelector(".job.waiting, .job.reading")) renew();

if (form) {
  const files = form.elements.files;
  const drop = form.querySelector(".drop");
  drop.hidden = false;
  addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("over"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      form.requestSubmit();
    } else {
      form.elements.text.value = event.dataTransfer.getData("text/plain");
    }
  });
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
}
