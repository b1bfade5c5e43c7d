#!/bin/sh
# p50 and p99 of list, search, page and desk at 50 questions a second for a minute, with 23,484 and with 250,000
# recommendations (the same rows under other symbols); memory, start-up and size of the program. Reads ../shared/data/upr.
# MANDATE_SECONDS shortens the minute.
set -eu
data=${MANDATE_SHARED_DATA:-../shared/data}/upr
[ -d "$data" ] || { echo "skipped: no $data"; exit 0; }
program=${MANDATE_PROGRAM:-target/release/mandate}
seconds=${MANDATE_SECONDS:-60}
folder=$(mktemp -d)
trap 'kill $office 2> /dev/null || true; rm -rf "$folder"' EXIT
port=18473
url=http://localhost:$port

# Starts the office and prints how long it took until the first answer, in milliseconds.
start() {
  begun=$(date +%s%N)
  RUST_LOG=warn "$program" --data "$1" demo --listen 127.0.0.1:$port > /dev/null &
  office=$!
  until curl -s -o /dev/null "$url/sign-in"; do sleep 0.02; done
  echo "start-up $((($(date +%s%N) - begun) / 1000000)) ms"
}
stop() { kill $office; wait $office 2> /dev/null || true; }

echo "program $(stat -c %s "$program") bytes"
node benches/rows.mjs "$data" 23484 > "$folder/small.csv"
node benches/rows.mjs "$data" 250000 > "$folder/large.csv"
for size in small large; do
  echo "== $(($(grep -c '^BENCH/' "$folder/$size.csv"))) recommendations"
  start "$folder/$size" > /dev/null; stop
  /usr/bin/time -f "import %e s, %M kB" "$program" --data "$folder/$size" import "$folder/$size.csv" | tail -n 1
  echo "first start, with the index to be made:"; start "$folder/$size"; stop
  echo "later start:"; start "$folder/$size"
  node benches/load.mjs "$url" 50 "$seconds"
  grep -E 'VmRSS|VmHWM|RssAnon' "/proc/$office/status"
  stop
done
