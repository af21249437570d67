#!/bin/sh
# Counts events with a service of its own, PostgreSQL and Kafka with fsync on, on this machine.
#   benchmarks/throughput.sh request|returning EVENTS
# ARMWISE_JAVA_OPTS is passed to the service, for example to record a profile.
set -eu
mode=${1:-request}
events=${2:-10000000}
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
java=${JAVA_HOME:?set JAVA_HOME to a JDK 25}/bin/java
data=$(mktemp -d)
service=
cd "$home"

stop() {
  if [ -n "$service" ]; then
    kill "$service" 2>/dev/null || true
    wait "$service" 2>/dev/null || true
    service=
  fi
}
trap 'stop; rm -rf "$data" "$data.log"' EXIT
trap 'exit 130' INT TERM

serve() {
  rm -f "$data/service-address"
  ./armwise serve --port 0 --data "$data" >"$data.log" 2>&1 &
  service=$!
  tries=0
  until [ -s "$data/service-address" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 600 ] && kill -0 "$service" 2>/dev/null || {
      tail -n 20 "$data.log"
      exit 1
    }
    sleep 0.1
  done
}

measure() {
  "$java" -Xmx512m -XX:+UseSerialGC \
    -cp "benchmarks/target/classes:$(echo benchmarks/target/lib/*.jar | tr ' ' ':')" \
    io.armwise.benchmarks.throughput.EventThroughput "$1" "$data" "$service" "$mode" "$events"
}

./armwise --version >/dev/null # builds the jar where its sources have changed
if [ -z "$(find benchmarks/target/classes -newer benchmarks/pom.xml -name EventThroughput.class 2>/dev/null)" ] ||
  [ -n "$(find benchmarks/src/main -newer benchmarks/target/classes/io/armwise/benchmarks/throughput/EventThroughput.class)" ]; then
  mvn -B -q -pl benchmarks -am package -Dmaven.test.skip=true -Dskip.spotless=true
fi
ARMWISE_AGGREGATOR_ENABLED=false
export ARMWISE_AGGREGATOR_ENABLED
serve
measure load
stop
unset ARMWISE_AGGREGATOR_ENABLED
serve
measure count
