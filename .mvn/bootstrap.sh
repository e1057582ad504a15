# Makes ./mvnw work where the default java is too old or Maven's download is out of reach.
#
# Sourced by mvnw (POSIX sh under `set -euf`) once it knows distributionUrl and MAVEN_HOME, the folder it is about to
# start Maven from. Silent when there is nothing to do; otherwise one line on stderr says what was done.

minimumJava=21

# Prints the feature version (8, 17, 25) of the JDK in folder $1, or 0 when that is no JDK with a compiler.
# It reads the JDK's `release` file, because starting a JVM to ask would slow down every build.
jdk_version() {
  if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      [ "$key" = JAVA_VERSION ] || continue
      value="${value#\"}"
      value="${value#1.}" # up to Java 8 the version began with 1.
      echo "${value%%[!0-9]*}"
      return
    done <"$1/release"
  fi
  echo 0
}

# Prints the home of the java on the path. Only java itself knows it where that is no link into a JDK but a launcher
# (macOS, asdf, jenv).
path_java_home() {
  java="$(command -v java)" || return 0
  java="$(readlink -f "$java" 2>/dev/null || echo "$java")"
  if [ -r "${java%/bin/java}/release" ]; then
    echo "${java%/bin/java}"
  else
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# Exports as JAVA_HOME the newest JDK in the places where they are usually installed, or gives up.
find_jdk() {
  newest=0
  newestHome=
  set +f
  for home in "$@" /usr/lib/jvm/* "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "$(/usr/libexec/java_home -v "$minimumJava+" 2>/dev/null || :)"; do
    version="$(jdk_version "$home")"
    if [ "$version" -gt "$newest" ]; then
      newest="$version"
      newestHome="$home"
    fi
  done
  set -f
  [ "$newest" -ge "$minimumJava" ] ||
    die "mvnw: Tandem needs a JDK $minimumJava or newer: install one (Eclipse Temurin 25, say) and set JAVA_HOME to it."
  JAVA_HOME="$newestHome"
  export JAVA_HOME
  echo "mvnw: java is no JDK $minimumJava or newer, so JDK $newest in $JAVA_HOME is used." >&2
}

# True when the distribution can be downloaded from here.
reachable() {
  if command -v curl >/dev/null; then
    curl -fsIL --max-time 5 -o /dev/null "$distributionUrl" 2>/dev/null
  else
    wget -q --spider -T 5 -t 1 "$distributionUrl" 2>/dev/null
  fi
}

# Unpacks the distribution through the mvn on the path, which knows the mirrors in the user's settings. Runs in a
# subshell, so that the traps that clean up are its own.
unpack_maven() (
  version="${distributionUrlNameMain#apache-maven-}"
  echo "mvnw: $distributionUrl is out of reach, so Maven $version is unpacked through $(command -v mvn)." >&2
  mkdir -p -- "${MAVEN_HOME%/*}" && folder="$(mktemp -d "${MAVEN_HOME%/*}/unpack.XXXXXX")" || exit
  trap 'rm -rf -- "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  # Away from this project, whose .mvn folder is meant for the newer Maven.
  (cd "$folder" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
    -Dartifact="org.apache.maven:apache-maven:$version:zip:bin" -DoutputDirectory=. </dev/null >log 2>&1) || {
    cat "$folder/log" >&2
    exit 1
  }
  # The move is a rename, so nobody sees half a Maven. Where two come at once, the later one's copy lands inside the
  # earlier one's folder, and goes.
  [ -d "$MAVEN_HOME" ] || mv -- "$folder/$distributionUrlNameMain" "$MAVEN_HOME" || exit
  rm -rf -- "${MAVEN_HOME:?}/$distributionUrlNameMain"
)

if [ "$(jdk_version "${JAVA_HOME:-$(path_java_home)}")" -lt "$minimumJava" ]; then
  find_jdk "$(path_java_home)"
fi

if [ ! -d "$MAVEN_HOME" ] && command -v mvn >/dev/null && ! reachable; then
  unpack_maven || echo "mvnw: that failed, so the download is tried all the same." >&2
fi
