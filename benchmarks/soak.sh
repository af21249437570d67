#!/bin/sh
# Breaks services, PostgreSQL and Kafka in the middle of new histories, round after round, and stops
# at the first number that is wrong.
#   benchmarks/soak.sh ROUNDS [SEED]
set -eu
rounds=${1:-20}
seed=${2:-$(date +%s)}
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$home"
round=1
while [ "$round" -le "$rounds" ]; do
  echo "round $round of $rounds, seed $((seed + round))"
  mvn -B -q verify -pl client,src -am -DskipITs -Dskip.spotless=true -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest=EvidenceFaultIT,KilledServiceIT,IntakeLimitIT -Darmwise.soak.seed="$((seed + round))"
  round=$((round + 1))
done
echo "nothing lost, nothing doubled in $rounds rounds"
