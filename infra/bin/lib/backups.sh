# shellcheck shell=bash
# Where the backups of a RUN_DIR are, and how PostgreSQL's programs are run on them: as the user that runs the server, or in
# its image. Needs common.sh, packages.sh, local-servers.sh, docker-servers.sh.

backups_of_stack() {
  [ -e "$RUN/servers.state" ] || die "no servers in $RUN; start the stack first: make up"
  ID=$(printf %s "$RUN" | cksum | cut -d' ' -f1)
  # shellcheck disable=SC1091
  . "$RUN/servers.state"
  "${KIND}_postgres_up" || die "PostgreSQL does not run; start the stack first: make up"
  SECRETS=$RUN/secrets
  "${KIND}_backups"
}

local_backups() {
  find_servers || die "PostgreSQL's programs are not there"
  # beside the data, not in it: who deletes the data keeps the backups
  if [ "$DATA" = "$RUN/servers" ]; then BACKUPS=$RUN/backups; else BACKUPS=$DATA-backups; fi
  BACKUPS=${BACKUP_DIR:-$BACKUPS}
  install -d -m 700 "$BACKUPS"; own postgres "$BACKUPS"
}
# backup COMMAND...
local_backup() {
  local script=$BACKUPS/.backup
  # the server's user may not enter the checkout
  install -m 755 "$ROOT/infra/backup/backup" "$script"
  (PATH=$PG_BIN:$PATH BACKUP_DIR=$BACKUPS PGHOST=127.0.0.1 PGPORT=$PGPORT PGUSER=clinic_backup PGPASSWORD=$(<"$SECRETS/pg-backup") become postgres bash "$script" "$@")
}
local_restored_start() { # PORT [TIME]
  RESTORED=$BACKUPS/restored
  rm -rf "$RESTORED"
  install -d -m 700 "$RESTORED"; own postgres "$RESTORED"
  local_backup restore "$RESTORED" ${2:+"$2"}
  local dir=$DATA/postgres
  (PATH=$PG_BIN:$PATH become postgres setsid "$PG_BIN/postgres" -D "$RESTORED" -c config_file="$dir/postgresql.conf" -p "$1" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c ssl=on -c ssl_cert_file="$dir/server.pem" -c ssl_key_file="$dir/server.key" -c fsync=off) >"$RUN/log/restored.log" 2>&1 </dev/null &
  RESTORED_PID=$!
}
local_restored_ready() { "$PG_BIN/pg_isready" -q -h 127.0.0.1 -p "$1"; }
local_restored_alive() { kill -0 "$RESTORED_PID" 2>/dev/null; }
local_restored_stop() {
  if [ -n "${RESTORED_PID:-}" ]; then
    kill -QUIT "$RESTORED_PID" 2>/dev/null || true
    wait "$RESTORED_PID" 2>/dev/null || true
  fi
  rm -rf "${RESTORED:-}"
}

docker_backups() { BACKUPS=$(container backups); }
in_image() { docker run --rm -i --user 999:999 --cap-drop ALL --security-opt no-new-privileges -v "$BACKUPS:/var/lib/clinic/backups" -e BACKUP_DIR=/var/lib/clinic/backups "$@"; }
docker_backup() {
  # the volume belongs to root until it has been used
  docker run --rm -v "$BACKUPS:/b" --entrypoint chown $POSTGRES_IMAGE 999:999 /b >/dev/null
  PGPASSWORD=$(<"$SECRETS/pg-backup") in_image --network "container:$(container postgres)" -e PGPASSWORD -e PGHOST=127.0.0.1 -e PGUSER=clinic_backup \
    --entrypoint bash $POSTGRES_IMAGE -s "$@" <"$ROOT/infra/backup/backup"
}
docker_restored_start() {
  local stage; stage=$(mktemp -d)
  mkdir "$stage/clinic"
  cp "$ROOT/infra/postgres/postgresql.conf" "$ROOT/infra/backup/backup" "$SECRETS"/{server.pem,server.key} "$stage/clinic/"
  docker volume create "$BACKUPS" >/dev/null
  create restored -p "127.0.0.1:$1:5432" -v "$BACKUPS:/var/lib/clinic/backups" -e BACKUP_DIR=/var/lib/clinic/backups --entrypoint bash $POSTGRES_IMAGE -c '
    bash /run/clinic/backup restore /tmp/restored "$@" && exec postgres -D /tmp/restored -c config_file=/run/clinic/postgresql.conf \
      -c listen_addresses="*" -c unix_socket_directories=/tmp -c ssl=on -c ssl_cert_file=/run/clinic/server.pem -c ssl_key_file=/run/clinic/server.key -c fsync=off' \
    restored ${2:+"$2"}
  files "$stage" restored
  rm -rf "$stage"
  docker start "$(container restored)" >/dev/null
  follow restored
}
docker_restored_ready() { docker exec "$(container restored)" pg_isready -q -h 127.0.0.1 2>/dev/null; }
docker_restored_alive() { container_up restored; }
docker_restored_stop() { docker rm -f "$(container restored)" >/dev/null 2>&1 || true; }
