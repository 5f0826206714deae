#!/bin/sh
# Runs Reverie's hook with whatever JavaScript runtime there is: the editor's own, the one recorded when the
# extension last ran, or node. An assistant is never blocked: without a runtime nothing is said.
# Only what the shell can do itself: each program it would start takes a millisecond of every prompt.
home="${REVERIE_HOME:-$HOME/.reverie}"
case "$0" in
  */*) here="${0%/*}" ;;
  *) here=. ;;
esac
cli="$here/../../dist/cli.js"
if [ ! -f "$cli" ] && [ -f "$home/cli-path" ]; then IFS= read -r cli < "$home/cli-path"; fi
[ -f "$cli" ] || exit 0
runtime="${REVERIE_RUNTIME:-}"
usable() { [ -f "$1" ] && [ -x "$1" ]; }
if ! usable "$runtime" && [ -f "$home/runtime" ]; then IFS= read -r runtime < "$home/runtime"; fi
if ! usable "$runtime"; then runtime=$(command -v node) || exit 0; fi
# Not `exec`: a runtime that cannot start, or is killed, must not look like an objection.
ELECTRON_RUN_AS_NODE=1 "$runtime" "$cli" hook "$@"
exit 0
