#!/usr/bin/env bash
# What action.yml runs: turns the action's inputs, which are environment variables, into arguments of the command. No
# input is ever part of shell code.
set -euo pipefail

# Nothing was checked.
fail() {
  echo "::error title=fcrdns::$1"
  echo "status=2" >> "${GITHUB_OUTPUT:-/dev/null}"
  exit 2
}

workspace=$PWD
folder=${INPUT_WORKING_DIRECTORY:-.}
[ -d "$folder" ] || fail "the working-directory does not exist"
# GitHub puts an annotation where its path, read from the workspace's root, leads.
while [ "${folder%/}" != "$folder" ] && [ "$folder" != / ]; do folder=${folder%/}; done
case "$folder" in
  "$workspace" | .) folder= ;;
  "$workspace"/*) folder=${folder#"$workspace"/} ;;
  # Outside of the workspace: files are named in full.
  /*) ;;
  ./*) folder=${folder#./} ;;
esac

# The path of a file of the working directory, or of the workspace, from the workspace's root.
from_workspace() {
  case "$1" in
    /* | -) printf %s "$1" ;;
    *) if [ -n "$folder" ] && { [ -e "$folder/$1" ] || [ ! -e "$1" ]; }; then printf %s "$folder/$1"; else printf %s "$1"; fi ;;
  esac
}

# The same path from the project's folder.
from_folder() {
  local path
  path=$(from_workspace "$1")
  [ -n "$folder" ] || { printf %s "$path"; return; }
  case "$path" in
    /* | -) printf %s "$path" ;;
    *) printf %s "$workspace/$path" ;;
  esac
}

words=()
case "${INPUT_COMMAND:-verify}" in
  verify) words+=(verify) ;;
  stack) words+=(stack) ;;
  *) fail "the input command must be verify or stack" ;;
esac

stdin=/dev/null
if [ "${words[0]}" = verify ]; then
  [ -n "${INPUT_FILE:-}" ] && words+=("--file=$(from_workspace "$INPUT_FILE")")
  if [ -n "${INPUT_ADDRESSES:-}" ]; then
    stdin=$(mktemp) || fail "no temporary file could be made, so nothing was checked"
    trap 'rm -f "$stdin"' EXIT
    printf '%s\n' "$INPUT_ADDRESSES" > "$stdin"
    words+=(-)
  fi
else
  [ -n "${INPUT_STACK:-}" ] && words+=("--stack=$INPUT_STACK")
  [ -n "${INPUT_EXPORT:-}" ] && words+=("--export=$(from_folder "$INPUT_EXPORT")")
  [ -n "${INPUT_TERRAFORM:-}" ] && words+=("--terraform=$(from_folder "$INPUT_TERRAFORM")")
fi
words+=("--format=${INPUT_FORMAT:-github}")
while IFS= read -r flag; do
  [ -n "$flag" ] && words+=("$flag")
done <<< "${INPUT_FLAGS:-}"

report=
if [ -n "${INPUT_REPORT:-}" ]; then
  case "$INPUT_REPORT" in
    /*) report=$INPUT_REPORT ;;
    *) case "$folder" in
      /*) report=$folder/$INPUT_REPORT ;;
      *) report=$workspace/${folder:+$folder/}$INPUT_REPORT ;;
    esac ;;
  esac
fi

# The version that the project has installed, else the given one, else the version of this action.
cd -- "${folder:-.}" > /dev/null || fail "the working-directory cannot be entered"
if [ -x node_modules/.bin/fcrdns ]; then
  command=$PWD/node_modules/.bin/fcrdns
else
  version=${INPUT_VERSION:-$(node -p 'require(process.argv[1]).version' "$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/package.json")} ||
    fail "Node is not installed: add actions/setup-node before this step"
  command=$(npx --yes "--package=pulumi-fcrdns@$version" -- sh -c 'command -v fcrdns') && [ -n "$command" ] ||
    fail "pulumi-fcrdns could not be installed, so nothing was checked; see the output of npm above"
fi
# A stack is looked up by the Pulumi CLI in the project's folder; everything else is named from the workspace's root.
[ "${words[0]}" = stack ] || cd "$workspace"

status=0
if [ -n "$report" ]; then
  mkdir -p -- "$(dirname -- "$report")" && : > "$report" ||
    fail "the file of the input report cannot be written, so nothing was checked"
  "$command" "${words[@]}" < "$stdin" > "$report" || status=$?
else
  "$command" "${words[@]}" < "$stdin" || status=$?
fi
# Killed, or not to be started: what was not checked is unknown, and no warning is enough for that.
if [ "$status" -gt 3 ]; then
  echo "::error title=fcrdns::the command ended with status $status before its report was complete; run the job again"
  echo "status=3" >> "${GITHUB_OUTPUT:-/dev/null}"
  exit 3
fi
echo "status=$status" >> "${GITHUB_OUTPUT:-/dev/null}"

if [ "$status" = 2 ]; then
  echo "::error title=fcrdns::nothing was checked because an option or the input cannot be used; see the line of fcrdns above"
fi
if [ "$status" = 3 ] && [ "${INPUT_UNKNOWN:-fail}" = warn ]; then
  echo "::warning title=fcrdns::the result is unknown for at least one address; see the report"
  exit 0
fi
exit "$status"
