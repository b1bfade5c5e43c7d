#!/bin/sh
# Kills an import at random moments, so many times as the second argument says, and looks each time: all or nothing, and
# `mandate verify` clean. Usage: tests/kill.sh target/release/mandate 200
set -eu
program=$1
times=${2:-200}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rows=3000
awk -v n=$rows 'BEGIN { print "To,Text,From,Response,Issue,Session"
  for (i = 1; i <= n; i++) printf "Lakeland %d,Synthetic recommendation %d on courts and schools,Hilland,Accepted,Justice,1\n", i % 40, i }' > "$folder/list.csv"
all=0; none=0
for i in $(seq "$times"); do
  data=$folder/data$i
  "$program" --data "$data" verify > /dev/null
  "$program" --data "$data" import "$folder/list.csv" > /dev/null 2>&1 &
  import=$!
  sleep "0.$(awk -v seed="$i$$" 'BEGIN { srand(seed); printf "%03d", rand() * 999 }')"
  kill -9 $import 2> /dev/null || true
  wait $import 2> /dev/null || true
  "$program" --data "$data" verify > /dev/null || { echo "verify found something after kill $i"; exit 1; }
  line=$("$program" --data "$data" import "$folder/list.csv" --dry-run | tail -n 1)
  case $line in
    *" $rows new, 0 the same"*) none=$((none + 1)) ;;
    *" 0 new, $rows the same"*) all=$((all + 1)) ;;
    *) echo "half an import after kill $i: $line"; exit 1 ;;
  esac
  rm -rf "$data"
done
echo "$times kills: $all imports whole, $none absent, none half"
