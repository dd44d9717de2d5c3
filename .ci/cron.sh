#!/usr/bin/env bash
# Debian's cron runs the line that `why403 schedule cron` prints, every minute instead of every hour, against the
# sandbox, until two runs are in the archive's log. It has a mount namespace of its own: its own /etc/cron.d, no other
# tables, its own /run. Takes up to 150 seconds. Skipped, with a message, where that can't be done.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() { echo "skipped: $*"; exit 0; }

if [ "${1-}" != inside ]; then
  [ "$(uname -s)" = Linux ] || skip 'the test of cron needs Linux'
  [ "$(id -u)" = 0 ] || skip 'the test of cron needs root'
  unshare -m true 2>/dev/null || skip 'no mount namespace can be made here'
  if ! command -v cron >/dev/null; then
    command -v apt-get >/dev/null || skip 'cron is not here and apt-get neither'
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends cron; } \
      >/dev/null 2>&1 || skip 'cron could not be installed'
  fi
  exec unshare -m --propagation private "$0" inside
fi

work=$(mktemp -d)
children=()
end() {
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

node dist/why403.cjs sandbox >"$work/env" 2>"$work/sandbox.log" &
children+=($!)
for _ in $(seq 50); do
  grep -qs WHY403_API_URL "$work/env" && break
  sleep 0.1
done
. "$work/env"
(umask 077 && printf '%s' "$WHY403_CLIENT_SECRET" >"$work/secret")
unset WHY403_CLIENT_SECRET
export WHY403_CLIENT_SECRET_FILE="$work/secret"

mkdir "$work/cron.d" "$work/crontabs"
: >"$work/crontab"
chmod 644 "$work/crontab"
mount --bind "$work/cron.d" /etc/cron.d
[ -d /var/spool/cron/crontabs ] && mount --bind "$work/crontabs" /var/spool/cron/crontabs
[ -e /etc/crontab ] && mount --bind "$work/crontab" /etc/crontab
mount -t tmpfs tmpfs /run

table=/etc/cron.d/why403
node dist/why403.cjs schedule cron --user root --out "$work/archive of 100%%/%Y-%m-%d.csv" >"$work/printed"
{ echo "XDG_CACHE_HOME=$work/cache"; sed -E 's/^[0-9]+ (\* \* \* \* )/* \1/' "$work/printed"; } >"$table"
chmod 644 "$table"
grep -E '^\* \* \* \* \* root ' "$table"

cron -f -L 15 >"$work/cron.log" 2>&1 &
children+=($!)
# The state stands in the deepest folder whose name has no %.
runs="$work/.why403/runs.ndjson"
for _ in $(seq 145); do
  [ -f "$runs" ] && [ "$(grep -c '"exit":0' "$runs")" -ge 2 ] && break
  sleep 1
done

if [ ! -f "$runs" ] || [ "$(grep -c '"exit":0' "$runs")" -lt 2 ]; then
  echo 'cron did not run the line twice:'
  cat "$work/cron.log" "$table"
  [ -f "$runs" ] && cat "$runs"
  exit 1
fi
for file in "$work/archive of 100%"/*.csv; do
  head -n 1 "$file" | grep -q '^interval_start,interval_end,queue_id,'
done
echo "cron ran it $(grep -c '"exit":0' "$runs") times: $(ls "$work/archive of 100%" | tr '\n' ' ')"
