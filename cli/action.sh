#!/usr/bin/env bash
# What action.yml runs: turns the action's inputs, which come as environment variables, into words of the command. No
# input is ever part of shell code.
set -euo pipefail

fail() {
  echo "::error title=fcrdns::$1"
  exit 2
}

words=()
case "${INPUT_COMMAND:-verify}" in
  verify) words+=(verify) ;;
  stack) words+=(stack) ;;
  *) fail "the input command is verify or stack" ;;
esac

stdin=/dev/null
if [ "${words[0]}" = verify ]; then
  [ -n "${INPUT_FILE:-}" ] && words+=("--file=$INPUT_FILE")
  if [ -n "${INPUT_ADDRESSES:-}" ]; then
    stdin=$(mktemp)
    trap 'rm -f "$stdin"' EXIT
    printf '%s\n' "$INPUT_ADDRESSES" > "$stdin"
    words+=(-)
  fi
else
  [ -n "${INPUT_STACK:-}" ] && words+=("--stack=$INPUT_STACK")
  [ -n "${INPUT_EXPORT:-}" ] && words+=("--export=$INPUT_EXPORT")
  [ -n "${INPUT_TERRAFORM:-}" ] && words+=("--terraform=$INPUT_TERRAFORM")
fi
words+=("--format=${INPUT_FORMAT:-github}")
while IFS= read -r flag; do
  [ -n "$flag" ] && words+=("$flag")
done <<< "${INPUT_FLAGS:-}"

cd "${INPUT_WORKING_DIRECTORY:-.}"
# The version that the project has locked comes first.
if [ -x node_modules/.bin/fcrdns ]; then
  command=(node_modules/.bin/fcrdns)
else
  command=(npx --yes "--package=pulumi-fcrdns@${INPUT_VERSION:-latest}" -- fcrdns)
fi

status=0
if [ -n "${INPUT_REPORT:-}" ]; then
  "${command[@]}" "${words[@]}" < "$stdin" > "$INPUT_REPORT" || status=$?
else
  "${command[@]}" "${words[@]}" < "$stdin" || status=$?
fi
echo "status=$status" >> "${GITHUB_OUTPUT:-/dev/null}"

if [ "$status" = 3 ] && [ "${INPUT_UNKNOWN:-fail}" = warn ]; then
  echo "::warning title=fcrdns::nothing definite is known of at least one address; see the report"
  exit 0
fi
exit "$status"
