#!/bin/sh
# Counts events with a service of its own, PostgreSQL and Kafka with fsync on, on this machine.
#   benchmarks/throughput.sh request|returning EVENTS
set -eu
mode=${1:-request}
events=${2:-1000000}
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
data=$(mktemp -d)
cd "$home"
./armwise build
mvn -B -q -pl benchmarks -am package -Dmaven.test.skip=true -Dskip.spotless=true
./armwise serve --port 0 --data "$data" >"$data.log" 2>&1 &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service" 2>/dev/null || true; rm -rf "$data"' EXIT
tries=0
until [ -s "$data/service-address" ]; do
  tries=$((tries + 1))
  [ "$tries" -le 120 ] || { tail -n 20 "$data.log"; exit 1; }
  sleep 1
done
"${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java" \
  -cp "benchmarks/target/classes:$(echo benchmarks/target/lib/*.jar | tr ' ' ':')" \
  io.armwise.benchmarks.throughput.EventThroughput "$data" "$mode" "$events"
