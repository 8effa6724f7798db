#!/bin/sh
# What `make demo` shows: a page with its labels, then five reports of one incident and the beginning of their dossier.
# Run it in the root of the checkout, with `incidex` on the PATH. It keeps nothing.
set -eu

INCIDEX_STORE="$(mktemp -d)/demo.sqlite"
export INCIDEX_STORE
trap 'rm -rf "$(dirname "$INCIDEX_STORE")"' EXIT

page=examples/alder-courier-ferry-leak.txt
columns=$({ tput cols || echo 100; } 2>/dev/null)

say() { printf '\n%s\n' "$*"; }
# Breaks lines between words.
folded() { fold -s -w "$columns"; }
# Shows a command and these of the lines that it prints, as they are or `folded`.
run() {
    printed=$(sh -c "$2")
    shown=$(printf '%s\n' "$printed" | sed -n "$1p" | "${3:-cat}")
    printf '$ %s\n%s\n' "$2" "$shown"
}

say '1. Some lines of a news page as somebody copied it, with by-line, captions and a log-in notice.'
run "8,14" "cat $page" folded

say '2. Incidex finds the article in it, and says what each sentence reports; O stands for nothing.'
run "1,6" "incidex label $page" folded

say '3. Five reports of that theft, which do not agree, are recognised as one incident.'
run "1,5" "incidex add examples/*ferry-leak*" folded

say '4. The dossier of the incident says what is confirmed and what is denied, by whom, and in which reports.'
run "1,/^ *$/" "incidex show kestrel"

say '5. It goes on with a timeline, and with everything on which the reports differ, such as who did it.'
run "/^Alleged attackers/,/^ *$/" "incidex show kestrel"

say 'What to type next:'
cat <<'END'
  source .venv/bin/activate     makes the command `incidex` available in this terminal
  incidex label YOUR-ARTICLE    a file (.html, .pdf, .docx, .txt, .eml) or the address of a page
  incidex add YOUR-FOLDER       puts your reports into a store and merges them
  incidex incidents             lists what there is in it; incidex show ID prints a dossier
  docs/tutorial.md              five minutes with all of this
END
