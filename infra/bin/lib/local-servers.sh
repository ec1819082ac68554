# shellcheck shell=bash
# Servers as processes from Debian packages. As root they run as `postgres` and `rabbitmq`, else as the caller.


# become USER COMMAND...: drops root. setpriv, not runuser: that would reset HOME and with it the Erlang cookie.
# cd / because that user may not enter the caller's folder.
become() {
  local user=$1; shift
  cd /
  if is_root; then exec setpriv --reuid="$user" --regid="$user" --init-groups "$@"; else exec "$@"; fi
}
as() { (become "$@"); }
own() { if is_root; then chown -R "$1:" "$2"; fi; } # own USER PATH

local_prepare() {
  install_servers
  choose_data
  # what a crashed broker left behind holds a port that the next one wants
  local_rabbitmq_up || end_epmd
  mkdir -p "$DATA/postgres" "$DATA/rabbitmq"/{data,log,generated,schema}
  chmod 700 "$DATA/postgres" "$DATA/rabbitmq"
  own postgres "$DATA/postgres"; own rabbitmq "$DATA/rabbitmq"
}

# certificates USER FOLDER: the server's own copies, as PostgreSQL and RabbitMQ want them
certificates() {
  install -m 644 "$SECRETS/ca.pem" "$SECRETS/server.pem" "$2/"
  install -m 600 "$SECRETS/server.key" "$2/"
  own "$1" "$2/ca.pem"; own "$1" "$2/server.pem"; own "$1" "$2/server.key"
}

# The servers' users must be able to enter the folder; a checkout under /root or a private home would not let them.
choose_data() {
  local wanted=${DATA:-$RUN/servers} user
  mkdir -p "$wanted"; chmod 755 "$wanted"
  if is_root; then
    for user in postgres rabbitmq; do
      if ! as "$user" test -x "$wanted"; then
        wanted=/var/tmp/clinic-$ID
        mkdir -m 755 "$wanted" 2>/dev/null || [ -O "$wanted" ] || die "$wanted belongs to somebody else"
        say "servers: user $user cannot enter $RUN; data goes to $wanted"
        break
      fi
    done
    if [ "$wanted" != "$RUN/servers" ]; then rmdir "$RUN/servers" 2>/dev/null || true; fi
  fi
  DATA=$wanted
}

# --- PostgreSQL
local_postgres_pid() {
  local pid
  read -r pid 2>/dev/null <"$DATA/postgres/data/postmaster.pid" || return 1
  # ours, not a process that got the number of an old one
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF "$DATA/postgres/data" && echo "$pid"
}
local_postgres_up() { [ -n "$DATA" ] && local_postgres_pid >/dev/null; }

local_start_postgres() {
  local dir=$DATA/postgres log=$RUN/log/postgres.log
  if [ ! -s "$dir/data/PG_VERSION" ]; then
    install -m 600 "$SECRETS/pg-superuser" "$dir/password"; own postgres "$dir/password"
    # --no-sync: a crash of the machine during the very first start is repaired by starting over
    as postgres "$PG_BIN/initdb" -D "$dir/data" -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --no-sync \
      --pwfile="$dir/password" >"$log" 2>&1 || { rm -rf "$dir/data"; fail "initdb" "$log"; }
    rm -f "$dir/password"
  fi
  install -m 644 "$ROOT/infra/postgres/postgresql.conf" "$dir/postgresql.conf"
  certificates postgres "$dir"
  # no unix socket: its path may hold 107 bytes only, and nobody needs it
  become postgres setsid "$PG_BIN/postgres" -D "$dir/data" -c config_file="$dir/postgresql.conf" -p "$PGPORT" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c ssl=on -c ssl_cert_file="$dir/server.pem" -c ssl_key_file="$dir/server.key" -c fsync="${PG_FSYNC:-on}" \
    >>"$log" 2>&1 </dev/null 9>&- &
  POSTGRES_STARTED=$!
}

local_check_password() {
  local answer
  for _ in $(seq 300); do
    answer=$(PGPASSWORD=$(<"$SECRETS/pg-superuser") "$PG_BIN/psql" -h 127.0.0.1 -p "$PGPORT" -U postgres -d postgres -qAtXc 'select 1' 2>&1) && return
    case $answer in *'password authentication failed'*)
      die "the data in $DATA was made with other secrets; restore $SECRETS/pg-superuser, or start over: servers destroy" ;;
    esac
    sleep 0.2
  done
  fail "postgres did not accept the superuser: $answer" "$RUN/log/postgres.log"
}

# --- RabbitMQ
# asked as that user: in a container even root may not read the environment of another user's process
rabbitmq_is_ours() { as rabbitmq grep -qszxF "RABBITMQ_PID_FILE=$DATA/rabbitmq/pid" "/proc/$1/environ"; }
local_rabbitmq_pid() {
  local pid
  pid=$(cat "$DATA/rabbitmq/pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && rabbitmq_is_ours "$pid" && echo "$pid"
}
local_rabbitmq_up() { [ -n "$DATA" ] && local_rabbitmq_pid >/dev/null; }

rabbitmq_environment() {
  local dir=$DATA/rabbitmq
  # a node of its own: name, ports, epmd, folders; nothing of a system-wide installation is read
  export HOME=$dir LANG=C.UTF-8 RABBITMQ_NODENAME="clinic$ID@localhost" RABBITMQ_LOGS=- \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$AMQP_PORT" RABBITMQ_DIST_PORT="$DIST_PORT" \
    ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1 \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}" \
    RABBITMQ_MNESIA_BASE="$dir/data" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid" \
    RABBITMQ_CONFIG_FILE="$dir/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" \
    RABBITMQ_GENERATED_CONFIG_DIR="$dir/generated" RABBITMQ_SCHEMA_DIR="$dir/schema" \
    RABBITMQ_CONF_ENV_FILE="$dir/none" RABBITMQ_ADVANCED_CONFIG_FILE="$dir/none.config"
}

local_start_rabbitmq() {
  local dir=$DATA/rabbitmq
  install -m 600 "$SECRETS/definitions.json" "$dir/definitions.json"
  { cat "$ROOT/infra/rabbitmq/rabbitmq.conf"
    echo "load_definitions = $dir/definitions.json"
    echo "listeners.ssl.default = 127.0.0.1:$AMQPS_PORT"
    echo "ssl_options.cacertfile = $dir/ca.pem"
    echo "ssl_options.certfile = $dir/server.pem"
    echo "ssl_options.keyfile = $dir/server.key"
    echo "ssl_options.verify = verify_none"
    echo "management.tcp.ip = 127.0.0.1"
    echo "management.tcp.port = $MANAGEMENT_PORT"
  } >"$dir/rabbitmq.conf"
  certificates rabbitmq "$dir"
  echo '[rabbitmq_management].' >"$dir/enabled_plugins"
  rm -f "$dir/pid"
  own rabbitmq "$dir"
  (
    rabbitmq_environment
    become rabbitmq setsid "$RMQ_BIN/rabbitmq-server"
  ) >>"$RUN/log/rabbitmq.log" 2>&1 </dev/null 9>&- &
  RABBITMQ_STARTED=$!
}

# what this run started has not ended; what ran before is not watched
local_alive() {
  local pid=${POSTGRES_STARTED:-}
  if [ "$1" = rabbitmq ]; then pid=${RABBITMQ_STARTED:-}; fi
  [ -z "$pid" ] || kill -0 "$pid" 2>/dev/null
}

local_warn_stale() {
  cmp -s "$SECRETS/definitions.json" "$DATA/rabbitmq/definitions.json" ||
    say "servers: the broker's definitions changed since it started; servers down and up loads them"
}

# --- stopping: only what we find by our own folders, by pid
local_stop() {
  local pid signal=INT
  [ "$1" = gently ] || signal=QUIT
  if pid=$(local_postgres_pid); then kill -$signal "$pid"; fi
  for pid in $(erlang_by_environment beam.smp); do
    if [ "$1" = gently ]; then end_pid "$pid" 60; else kill -KILL "$pid"; fi
  done
  end_epmd
  for _ in $(seq 300); do local_postgres_up || break; sleep 0.1; done
  # never claim what is not so: a server we could not find would stay behind unnoticed
  ! postgres_answers || die "postgres still answers on port $PGPORT; see $RUN/log/postgres.log"
  ! rabbitmq_answers || die "rabbitmq still answers on port $AMQP_PORT; see $RUN/log/rabbitmq.log"
}
# Erlang processes with our environment: found even when a start was interrupted before it wrote a pid
erlang_by_environment() { # PROGRAM
  # shellcheck disable=SC2016  # the inner shell expands it
  as rabbitmq bash -c '
    for file in $(grep -lsaF "RABBITMQ_PID_FILE=$1" /proc/[0-9]*/environ); do
      folder=${file%/environ}
      case $(readlink "$folder/exe") in */"$2") echo "${folder#/proc/}" ;; esac
    done' _ "$DATA/rabbitmq/pid" "$1" || true
}
# the node's own epmd is a daemon and outlives it
end_epmd() {
  local pid
  for pid in $(erlang_by_environment epmd); do end_pid "$pid" 5; done
}
local_delete() { rm -rf "$DATA" "$RUN/servers"; }

local_crash() {
  local pid
  pid=$("local_$1_pid") || die "$1 is not running"
  case $1 in postgres) kill -QUIT "$pid" ;; rabbitmq) kill -KILL "$pid" ;; esac
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
}
