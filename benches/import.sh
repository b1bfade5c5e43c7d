#!/bin/sh
# Seconds and peak memory of importing the three UPR exports from ../shared/data/upr, and of importing them again.
set -eu
data=${MANDATE_SHARED_DATA:-../shared/data}/upr
[ -d "$data" ] || { echo "skipped: no $data"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for pass in first second; do
  for file in 1-5 6-9 10-13; do
    /usr/bin/time -f "$pass import of $file.csv: %e s, %M kB" target/release/mandate --data "$folder" import "$data/$file.csv" | tail -n 1
  done
done
target/release/mandate --data "$folder" verify
