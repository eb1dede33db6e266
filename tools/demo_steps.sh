# For the demos, which source it from the project's root: `run` and the program.
medley=$PWD/build/medley
[ -x "$medley" ] || { echo "demo: build/medley is not there; run make build" >&2; exit 1; }

# Says what runs, as a user would type it, then runs it inside the workspace.
run() {
  printf '\n$ medley'
  for word in "$@"; do
    case $word in *[!A-Za-z0-9_./=,+-]*) printf " '%s'" "$word" ;; *) printf ' %s' "$word" ;; esac
  done
  printf '\n'
  "$medley" "$@"
}
