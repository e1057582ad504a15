#!/bin/sh
# Trains the JVM: runs the built service over every route that is asked often, and leaves what the JVM has learned in a cache
# (docs/operations.md#start-fast). A start with it takes less time, and the first requests are answered by compiled code.
#
#   sh docker/train.sh target/quarkus-app
#   java -XX:AOTCache=target/quarkus-app/tandem.aot .. -jar target/quarkus-app/quarkus-run.jar
#
# The database is named by the settings of the service, such as QUARKUS_DATASOURCE_JDBC_URL. It should be an empty one, for nothing else: the
# script makes a collection of its own in it and deletes it. If none is named, the PostgreSQL of a Debian package runs for that time; it does
# not let root run it. The cache is good for this JVM, these jars at this place, and these options only.
set -eu

application=$(cd "${1:?say where the application is: target/quarkus-app}" && pwd)
rounds=${2:-400}
cache=$application/tandem.aot
port=${TANDEM_TRAINING_PORT:-18080}
probes=${TANDEM_TRAINING_PROBES:-19000}
base=http://127.0.0.1:$port/v1
name=training-$$
scratch=$(mktemp -d)
service=
database=

stop() {
  if [ -n "$service" ]; then kill -TERM "$service" 2>/dev/null || true; fi
  if [ -n "$database" ]; then pg_ctl --pgdata "$database" --mode immediate stop > /dev/null || true; fi
  rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 130' INT TERM

# Many requests of one kind: METHOD BODY URL.. The body is a file or "-"; a URL may have [1-400] in it. Says how many had which status.
ask() {
  method=$1 body=$2
  shift 2
  case $body in
    -) given="without a body" ;;
    *) given=$body ;;
  esac
  for url in "$@"; do
    set -- "$@" --output /dev/null "$url"
    shift
  done
  case $body in
    -) ;;
    *.ndjson) set -- --data-binary "@$body" --header "Content-Type: application/x-ndjson" "$@" ;;
    *) set -- --data-binary "@$body" --header "Content-Type: application/json" "$@" ;;
  esac
  printf '%-7s %s:' "$method" "$given"
  curl --silent --show-error --no-progress-meter --parallel --parallel-max 4 --max-time 120 --compressed --request "$method" \
    --write-out '%{http_code}\n' "$@" | sort | uniq -c | awk '{printf "  %s: %s times", $2, $1} END {print ""}'
}

# Documents with a vector of 32 numbers, one in a line.
documents() {
  awk -v first="$1" -v last="$2" 'BEGIN {
    split("tea water leaf rock river cloud engine paper copper bridge", words, " ")
    srand(7)
    for (i = first; i <= last; i++) {
      vector = ""
      for (d = 0; d < 32; d++) vector = vector (d ? "," : "") sprintf("%.4f", rand() + 0.01)
      text = ""
      for (w = 0; w < 40; w++) text = text words[int(rand() * 10) + 1] " "
      printf "{\"key\":\"key-%d\",\"title\":\"Document %d\",\"content\":\"%s\",\"metadata\":{\"group\":%d,\"tags\":[\"a\",\"b\"]},\"vector\":[%s]}\n", i, i, text, i % 20, vector
    }
  }'
}

if [ -z "${QUARKUS_DATASOURCE_JDBC_URL:-}${QUARKUS_DATASOURCE_REACTIVE_URL:-}" ]; then
  newest=$(ls -d /usr/lib/postgresql/*/bin | sort --version-sort | tail -n 1)
  PATH=$newest:$PATH
  initdb --pgdata "$scratch/database" --username tandem --auth trust --no-sync > "$scratch/log"
  pg_ctl --pgdata "$scratch/database" --log "$scratch/log" --wait start > /dev/null \
    --options "-p $((port + 1)) -c listen_addresses=127.0.0.1 -c unix_socket_directories=$scratch -c fsync=off"
  database=$scratch/database
  export QUARKUS_DATASOURCE_REACTIVE_URL="postgresql://127.0.0.1:$((port + 1))/postgres"
  export QUARKUS_DATASOURCE_USERNAME=tandem QUARKUS_DATASOURCE_PASSWORD=any
fi

rm -f "$cache"
java ${TANDEM_JAVA_OPTIONS:-} --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -XX:AOTCacheOutput="$cache" \
  -Dtandem.access.mode=open -Dquarkus.http.host=127.0.0.1 -Dquarkus.management.host=127.0.0.1 \
  -Dquarkus.http.port="$port" -Dquarkus.management.port="$probes" -Dtandem.index.directory="$scratch/index" \
  -jar "$application/quarkus-run.jar" > "$scratch/log" 2>&1 &
service=$!
tries=0
until curl --silent --fail --output /dev/null "http://127.0.0.1:$probes/q/health/ready"; do
  tries=$((tries + 1))
  if [ "$tries" -gt 240 ] || ! kill -0 "$service" 2>/dev/null; then
    cat "$scratch/log" >&2
    exit 1
  fi
  sleep 0.5
done

cd "$scratch"
printf '{"name":"%s","embedding":{"model":"none","dimensions":32}}' "$name" > collection.json
printf '{"name":"%s-texts"}' "$name" > texts.json
documents 1 2000 > import.ndjson
documents 2001 2001 | sed 's/"key":"key-2001",//' > document.json
printf '{"metadata":{"group":3}}' > patch.json
printf '{"content":"how to make tea with river water"}' > text.json
vector=$(sed 's/.*"vector":\[\([^]]*\)\].*/\1/' document.json)
printf '{"vector":[%s],"limit":10}' "$vector" > vector.json
printf '{"vector":[%s],"limit":10,"filter":{"group":{"$gte":10}}}' "$vector" > filtered.json
printf '{"query":"tea leaf","mode":"keyword","limit":10}' > keyword.json
printf '{"query":"tea leaf","vector":[%s],"limit":10}' "$vector" > hybrid.json
printf '{"query":"tea and water","limit":10}' > meaning.json
printf '{"filter":{"group":3},"limit":20}' > query.json
printf '{"keys":["key-1","key-2","absent"]}' > keys.json
printf '{"filter":{"group":{"$gte":18}}}' > some.json
printf '{"content":' > broken.json

documents_of=$base/collections/$name/documents
few=$((rounds / 10 + 1))
ask POST collection.json "$base/collections"
ask POST texts.json "$base/collections"
ask POST import.ndjson "$documents_of:import"
ask PUT document.json "$documents_of/key-[1-$rounds]"
ask PUT document.json "$documents_of/new-[1-$few]"
ask PUT text.json "$base/collections/$name-texts/documents/text-[1-$few]"
ask PATCH patch.json "$documents_of/key-[1-$few]"
ask GET - "$documents_of/key-[1-$rounds]" "$documents_of/key-[1-$rounds]" "$documents_of/key-[1-$rounds]" "$documents_of/key-[1-$rounds]"
ask GET - "$documents_of?limit=50&filter=%7B%22group%22%3A3%7D#[1-$few]" "$documents_of?limit=20#[1-$few]"
for question in vector filtered keyword hybrid; do
  ask POST "$question.json" "$base/collections/$name/search#[1-$rounds]"
done
ask POST meaning.json "$base/collections/$name-texts/search#[1-$few]"
ask POST query.json "$documents_of:query#[1-$few]"
ask POST keys.json "$documents_of:get#[1-$few]"
ask POST broken.json "$documents_of#[1-$few]"
ask GET - "$documents_of/absent-[1-$few]" "$base/collections#[1-$few]" "$base/collections/$name#[1-$few]" "$base/collections/$name/stats" "$base/info"
ask GET - "$documents_of:export"
ask POST some.json "$documents_of:delete"
ask DELETE - "$documents_of/key-[1-$few]"
ask GET - "http://127.0.0.1:$probes/q/health/{live,ready}" "http://127.0.0.1:$probes/q/metrics"
ask DELETE - "$base/collections/$name" "$base/collections/$name-texts"

# At its end the JVM writes the cache.
kill -TERM "$service"
wait "$service" || true
service=
if [ ! -s "$cache" ]; then
  cat "$scratch/log" >&2
  echo "The JVM has written no cache." >&2
  exit 1
fi
