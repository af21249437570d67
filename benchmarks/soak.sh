#!/bin/sh
# Breaks services, PostgreSQL and Kafka in the middle of new histories, round after round, and stops
# at the first number that is wrong.
#   benchmarks/soak.sh ROUNDS [SEED]
set -eu
rounds=${1:-20}
seed=${2:-$(date +%s)}
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$home"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Other modules have no test of these names; the first round compiles, the others find it done.
round=1
while [ "$round" -le "$rounds" ]; do
  echo "round $round of $rounds, seed $((seed + round))"
  if ! mvn -B test -pl src -am -Dskip.spotless=true -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest=EvidenceFaultIT,FaultPointIT,FullDiskIT,KilledServiceIT,IntakeLimitIT \
    -Darmwise.soak.seed="$((seed + round))" >"$log" 2>&1; then
    grep -E 'Tests run:|ERROR' "$log" | head -n 60
    echo "round $round failed; again with: benchmarks/soak.sh 1 $((seed + round - 1))"
    exit 1
  fi
  grep -E 'Tests run:.*(IT|Test)$' "$log" | sed 's/.*Tests run/  Tests run/' || true
  round=$((round + 1))
done
echo "nothing lost, nothing doubled in $rounds rounds"
