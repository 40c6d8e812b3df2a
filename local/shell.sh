# For a shell of yours (bash or zsh): `. local/shell.sh`. It speaks with the product that runs here as
# an administrator, and sets SERVE_URL and TOKEN for clients of the models. For an installation on AWS
# set API_URL, SERVE_URL, TOKEN and ADMIN_TOKEN before.

# fact KEY: what `make up` wrote down, such as `fact ui_url` or `fact admin.password`.
fact() {
  python3 - "$1" "${LISA_STATE_DIR:-.local}/endpoints.json" <<'PYTHON'
import functools, json, sys
known = json.load(open(sys.argv[2]))
print(functools.reduce(lambda part, name: part[name], sys.argv[1].split("."), known))
PYTHON
}

# api METHOD PATH [curl's options]: a call of the admin API. What is refused is shown, and is an error.
api() {
  curl -sS --fail-with-body -X "$1" "${API_URL:-$(fact api_url)}$2" \
    -H "Authorization: Bearer ${ADMIN_TOKEN:-$(fact admin.id_token)}" "${@:3}" && echo
}

# field NAME: one field of the JSON that is piped in, such as `field model.status`.
field() {
  python3 -c '
import functools, json, sys
answer = json.load(sys.stdin)
part = lambda whole, name: whole[int(name)] if isinstance(whole, list) else whole[name]
print(functools.reduce(part, sys.argv[1].split("."), answer))' "$1"
}

# wait_until STATUS PATH: ask every half second until whatever it shows has that status, four minutes
# at most. What has failed is waited for no longer.
wait_until() {
  local answer found tries=480
  while ((tries-- > 0)); do
    answer=$(api GET "$2")
    found=$(echo "$answer" | _statuses 2>/dev/null)
    case $found in
      "$1") return 0 ;;
      *Failed* | *FAILED*) break ;;
    esac
    sleep 0.5
  done
  echo "$2 is ${found:-not there} and not $1: $answer" >&2
  return 1
}

# The different statuses of an answer: its own, or those of what it lists.
_statuses() {
  python3 -c '
import json, sys
answer = json.load(sys.stdin)
lists = [part if isinstance(part, list) else [part] for part in answer.values()]
things = [answer] if "status" in answer else [one for part in lists for one in part]
print(*sorted({one["status"] for one in things if isinstance(one, dict) and "status" in one}))'
}

# upload FILE [REPOSITORY]: a file into a repository (demo), as the web application sends it.
upload() {
  api POST /repository/presigned-url \
    -d "{\"repositoryId\": \"${2:-demo}\", \"fileName\": \"$(basename "$1")\"}" | python3 -c '
import json, sys
form = json.load(sys.stdin)
lines = ["form-string = \"%s=%s\"" % field for field in form["fields"].items()]
print(*lines, "form = \"file=@%s\"" % sys.argv[1], "url = \"%s\"" % form["url"], sep="\n")' "$1" |
    curl -sS --fail -K -
}

if [ -e "${LISA_STATE_DIR:-.local}/endpoints.json" ]; then
  export SERVE_URL="${SERVE_URL:-$(fact serve_url)}" TOKEN="${TOKEN:-$(fact token)}"
fi
