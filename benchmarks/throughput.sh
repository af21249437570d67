#!/bin/sh
# Counts events with a service of its own, PostgreSQL and Kafka with fsync on, on this machine.
#   benchmarks/throughput.sh                                         both kinds, about ten minutes
#   benchmarks/throughput.sh request|returning EVENTS                a log of so many, and the limits
#   benchmarks/throughput.sh steady request|returning RATE SECONDS   as they come in
#   benchmarks/throughput.sh delay request|returning RATE            until an allocation changes
#   benchmarks/throughput.sh growth [EVENTS]                         more experiments, units, partitions
# EXPERIMENTS (20) and UNITS (1000000, that return) make another workload, ARMWISE_KAFKA_PARTITIONS
# another log. ARMWISE_JAVA_OPTS is passed to the service, for example to record a profile. A file
# postgresql.conf in the current folder is passed to PostgreSQL.
set -eu
own=$(pwd -P)/postgresql.conf
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
  step=$1
  shift
  "$java" -Xmx512m -XX:+UseSerialGC "-Dexperiments=${EXPERIMENTS:-20}" "-Dunits=${UNITS:-1000000}" \
    -cp "benchmarks/target/classes:$(echo benchmarks/target/lib/*.jar | tr ' ' ':')" \
    io.armwise.benchmarks.throughput.EventThroughput "$step" "$data" "$service" "$@"
}

# A log that is full before anybody counts, so that nothing generates meanwhile.
backlog() {
  counting=$1
  shift
  ARMWISE_AGGREGATOR_ENABLED=false
  export ARMWISE_AGGREGATOR_ENABLED
  serve
  measure load "$@"
  stop
  unset ARMWISE_AGGREGATOR_ENABLED
  serve
  measure "$counting" "$@"
  stop
}

# Counts units that return with so many experiments, units and partitions.
shape() {
  EXPERIMENTS=$2
  UNITS=$3
  ARMWISE_KAFKA_PARTITIONS=$4
  export ARMWISE_KAFKA_PARTITIONS
  echo "== $1: $2 experiments, $3 units, $4 partitions =="
  backlog pace returning "$events"
  fresh
}

# A folder of its own for each, with the machine's settings for PostgreSQL if it has any.
fresh() {
  rm -rf "$data"
  mkdir -m 700 "$data"
  [ ! -f "$own" ] || cp "$own" "$data"
}

./armwise --version >/dev/null # builds the jar where its sources have changed
if [ -z "$(find benchmarks/target/classes -newer benchmarks/pom.xml -name EventThroughput.class 2>/dev/null)" ] ||
  [ -n "$(find benchmarks/src/main -newer benchmarks/target/classes/io/armwise/benchmarks/throughput/EventThroughput.class)" ]; then
  mvn -B -q -pl benchmarks -am package -Dmaven.test.skip=true -Dskip.spotless=true
fi
fresh
case ${1:-both} in
  both)
    echo "== requests =="
    backlog count request 2000000
    fresh
    echo "== units that return =="
    backlog count returning 2000000
    ;;
  growth)
    events=${2:-3000000}
    shape usual 20 1000000 12
    shape "few experiments" 1 1000000 12
    shape "many experiments" 200 1000000 12
    shape "few units" 20 50000 12
    shape "many units" 20 20000000 12
    shape "few partitions" 20 1000000 2
    shape "many partitions" 20 1000000 96
    # Tables outgrow these 128 MB, and nobody else keeps their pages.
    printf "shared_buffers = '128MB'\ndebug_io_direct = 'data'\n" >"$data/postgresql.conf"
    shape "many units, little memory" 20 20000000 12
    ;;
  steady)
    serve
    measure steady "${2:-request}" "${3:-60000}" "${4:-300}"
    ;;
  delay)
    serve
    measure delay "${2:-request}" "${3:-50000}"
    ;;
  *) backlog count "$1" "${2:-10000000}" ;;
esac
