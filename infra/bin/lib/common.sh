# shellcheck shell=bash
# Shared by the scripts in infra/bin; sourced, never run.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
RUN=$(realpath -m "${RUN_DIR:-$ROOT/.run}")
SERVICES="intake consent session feedback audit"
# build servers would stay behind when we are done
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
unset DOTNET_CLI_USE_MSBUILD_SERVER

# ENGINE=marten, CONTAINERS=true: MSBuild takes them for -p:Engine=Marten and -p:Containers=true; what they build stands apart
FLAVOUR=
if [ "${ENGINE:-}" = marten ]; then FLAVOUR=marten; fi
if [ "${CONTAINERS:-}" = true ]; then FLAVOUR+=containers; fi
BIN=bin${FLAVOUR:+/$FLAVOUR}
export ENGINE=${ENGINE:-}
# tests of these scripts use what they were built with themselves
CONFIGURATION=${CONFIGURATION:-Release}

say() { printf '%s\n' "$*" >&2; }
die() { say "$(basename "$0"): $*"; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }

# step TEXT: progress with the seconds since the script began
step() { printf '[%3ss] %s\n' "$SECONDS" "$*" >&2; }

# fail WHAT LOG: says which step failed, where its log is, and its end
fail() {
  say "FAILED: $1"
  if [ -s "${2:-}" ]; then say "log: $2; its last lines:"; tail -n 20 "$2" | sed 's/^/  | /' >&2; fi
  exit 1
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port [WANTED]: sets PORT to WANTED when nobody listens there, else to one below the ephemeral range (32768) that
# this run has not handed out yet
free_port() {
  PORT=${1:-0}
  until [ "$PORT" != 0 ] && case " ${PORTS_GIVEN:-} " in *" $PORT "*) false ;; esac && ! port_open "$PORT"; do
    PORT=$((RANDOM % 12000 + 20000))
  done
  PORTS_GIVEN="${PORTS_GIVEN:-} $PORT"
}

# http_status PORT PATH: the status code, or nothing; needs no curl
http_status() {
  local line=
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 0
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3 2>/dev/null || true
  IFS=' ' read -r -t 5 _ line _ <&3 || true
  exec 3<&-
  printf '%s' "$line"
}

# A pid alone may belong to someone else after a reboot or a wrap; pid and start time together do not.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
remember_pid() { printf '%s %s\n' "$2" "$(start_time "$2")" >"$1"; } # FILE PID
pid_of() { # FILE: prints the pid when that very process still runs
  local pid started
  read -r pid started 2>/dev/null <"$1" && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
}
# end_pid PID SECONDS: asks it to stop, waits, then ends it
end_pid() {
  local left=$(($2 * 10))
  kill -TERM "$1" 2>/dev/null || return 0
  while kill -0 "$1" 2>/dev/null; do
    [ "$left" -gt 0 ] || { kill -KILL "$1" 2>/dev/null || true; return 0; }
    left=$((left - 1)); sleep 0.1
  done
}

# restores WHAT PROJECT: one line when packages that were asked for are not to be had here
restores() {
  local said missing
  said=$(dotnet restore "$ROOT/$2" 2>&1) && return
  missing=$(grep -o 'NU110[12]: Unable to find package [^ ]*' <<<"$said" | sed 's/.* //; s/\.$//' | sort -u | tr '\n' ' ')
  die "$1: not restorable from the package sources configured here: ${missing:-$(grep -m1 error <<<"$said")}(docs/engines.md)"
}
engine_restores() {
  case $ENGINE in '') return ;; marten) ;; *) die "ENGINE=$ENGINE: there is the built-in engine (ENGINE not set) and marten" ;; esac
  restores ENGINE=marten infra/Clinic.EventLog.Marten
}
containers_restore() {
  case ${CONTAINERS:-} in '') return ;; true) ;; *) die "CONTAINERS=$CONTAINERS: it is true or not set" ;; esac
  timeout 10 docker version >/dev/null 2>&1 || die "CONTAINERS=true: no Docker engine answers"
  restores CONTAINERS=true tests/Stack
}

clinic() { "$ROOT/infra/bin/clinic" "$@"; }
