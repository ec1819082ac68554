# shellcheck shell=bash
# Servers as containers; data in volumes, both named after the RUN_DIR.

POSTGRES_IMAGE=postgres:17
RABBITMQ_IMAGE=rabbitmq:4-management

# docker_ready: an engine answers and the images are there or can be pulled; else WHY_NOT_DOCKER says what is missing
docker_ready() {
  local image
  command -v docker >/dev/null || { WHY_NOT_DOCKER="no docker command"; return 1; }
  timeout 10 docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || { WHY_NOT_DOCKER="no Docker engine answers"; return 1; }
  for image in $POSTGRES_IMAGE $RABBITMQ_IMAGE; do
    docker image inspect "$image" >/dev/null 2>&1 && continue
    say "servers: pulling $image"
    timeout 300 docker pull -q "$image" >/dev/null 2>&1 || { WHY_NOT_DOCKER="image $image cannot be pulled"; return 1; }
  done
}

container() { echo "clinic-$ID-$1"; }
container_up() { [ "$(docker inspect -f '{{.State.Running}}' "$(container "$1")" 2>/dev/null)" = true ]; }
docker_postgres_up() { container_up postgres; }
docker_rabbitmq_up() { container_up rabbitmq; }
docker_prepare() { :; }

# create NAME OPTION...: a fresh container over the kept volume
create() {
  local name; name=$(container "$1"); shift
  docker rm -f "$name" >/dev/null 2>&1 || true
  docker create --name "$name" --label "clinic.run=$RUN" --cap-drop ALL --security-opt no-new-privileges \
    --user 999:999 "$@" >/dev/null 9>&-
}
# files CONTAINER < tar of /run/clinic: copied in rather than mounted, because the container's user is not the caller and
# could not read the secrets; the archive carries the right owner
files() { tar -C "$1" --owner=999 --group=999 --mode=u=rX,go= -c clinic | docker cp - "$(container "$2"):/run" >/dev/null; }

docker_start_postgres() {
  local stage; stage=$(mktemp -d)
  mkdir "$stage/clinic"
  cp "$ROOT/infra/postgres/postgresql.conf" "$SECRETS"/{pg-superuser,server.pem,server.key} "$stage/clinic/"
  create postgres -p "127.0.0.1:$PGPORT:5432" -v "$(container postgres):/var/lib/postgresql/data" \
    -e POSTGRES_PASSWORD_FILE=/run/clinic/pg-superuser -e POSTGRES_INITDB_ARGS='--locale=C.UTF-8 --encoding=UTF8' $POSTGRES_IMAGE \
    postgres -c config_file=/run/clinic/postgresql.conf -c listen_addresses='*' \
    -c ssl=on -c ssl_cert_file=/run/clinic/server.pem -c ssl_key_file=/run/clinic/server.key -c fsync="${PG_FSYNC:-on}"
  files "$stage" postgres
  rm -rf "$stage"
  docker start "$(container postgres)" >/dev/null
  follow postgres
}

docker_start_rabbitmq() {
  local stage; stage=$(mktemp -d)
  mkdir "$stage/clinic"
  cp "$SECRETS"/{definitions.json,ca.pem,server.pem,server.key} "$stage/clinic/"
  { cat "$ROOT/infra/rabbitmq/rabbitmq.conf"; echo "load_definitions = /run/clinic/definitions.json"
    echo "listeners.ssl.default = 5671"
    echo "ssl_options.cacertfile = /run/clinic/ca.pem"
    echo "ssl_options.certfile = /run/clinic/server.pem"
    echo "ssl_options.keyfile = /run/clinic/server.key"
    echo "ssl_options.verify = verify_none"; } >"$stage/clinic/rabbitmq.conf"
  # the node's name, and with it its data, follows the host name
  create rabbitmq --hostname clinic -p "127.0.0.1:$AMQP_PORT:5672" -p "127.0.0.1:$AMQPS_PORT:5671" -p "127.0.0.1:$MANAGEMENT_PORT:15672" \
    -v "$(container rabbitmq):/var/lib/rabbitmq" -e RABBITMQ_CONFIG_FILE=/run/clinic/rabbitmq.conf $RABBITMQ_IMAGE
  files "$stage" rabbitmq
  rm -rf "$stage"
  docker start "$(container rabbitmq)" >/dev/null
  follow rabbitmq
}

# the containers' output goes where local servers log, until the container ends
follow() { setsid docker logs -f "$(container "$1")" >"$RUN/log/$1.log" 2>&1 </dev/null 9>&- & }

docker_check_password() {
  local answer
  for _ in $(seq 300); do
    # over TCP: during its first start the image's own server listens on a socket only, and trusts it
    answer=$(docker exec -e PGPASSWORD="$(<"$SECRETS/pg-superuser")" "$(container postgres)" \
      psql -h 127.0.0.1 -U postgres -d postgres -qAtXc 'select 1' 2>&1) && return
    case $answer in *'password authentication failed'*)
      die "the data in volume $(container postgres) was made with other secrets; restore $SECRETS/pg-superuser, or start over: servers destroy" ;;
    esac
    sleep 0.2
  done
  fail "postgres did not accept the superuser: $answer" "$RUN/log/postgres.log"
}

docker_alive() { container_up "$1"; }
docker_warn_stale() { :; }

docker_stop() {
  local grace=30
  [ "$1" = gently ] || grace=0
  docker stop -t $grace "$(container postgres)" "$(container rabbitmq)" >/dev/null 2>&1 || true
  docker rm -f "$(container postgres)" "$(container rabbitmq)" >/dev/null 2>&1 || true
}
docker_delete() { docker volume rm -f "$(container postgres)" "$(container rabbitmq)" >/dev/null; }

docker_crash() { docker kill -s KILL "$(container "$1")" >/dev/null; }
