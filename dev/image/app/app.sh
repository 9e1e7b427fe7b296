#!/usr/bin/env bash
# Waits to be told to stop, with its data folder as working directory: an application that uses its volume.
set -euo pipefail
trap 'exit 0' TERM INT
cd "${APP_DATA:-/}"
printf 'app: serving %s\n' "$PWD"
while :; do
  sleep 3600 &
  wait "$!"
done
