# shellcheck shell=bash
# Debian packages, installed only when something is missing.

POLICY=/usr/sbin/policy-rc.d
POLICY_SAVED=$POLICY.before-clinic
POLICY_MARK='# placed by clinic while it installs packages'

find_servers() {
  PG_BIN=${PG_BIN:-$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)}
  RMQ_BIN=${RMQ_BIN:-$(find /usr/lib/rabbitmq/bin /opt/rabbitmq/sbin -maxdepth 0 2>/dev/null | head -n 1)}
  [ -x "$PG_BIN/initdb" ] && [ -x "$RMQ_BIN/rabbitmq-server" ]
}

# Packages must not start services of their own on 5432 and 5672. A policy that is already there is moved aside, not
# edited, and moved back: the same file, byte for byte. A run that was killed in between is repaired by the next.
forbid_autostart() {
  restore_autostart
  if [ -e $POLICY ] || [ -L $POLICY ]; then mv -f $POLICY $POLICY_SAVED; fi
  printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" >$POLICY
  chmod 755 $POLICY
}
restore_autostart() {
  if grep -qsF "$POLICY_MARK" $POLICY; then rm -f $POLICY; fi
  if { [ -e $POLICY_SAVED ] || [ -L $POLICY_SAVED ]; } && [ ! -e $POLICY ]; then mv -f $POLICY_SAVED $POLICY; fi
}

# install_packages PACKAGE...: root only; several scripts may ask at once
install_packages() {
  if ! is_root || ! command -v apt-get >/dev/null; then die "missing packages; install them first: $*"; fi
  say "installing packages: $*"
  (
    exec 8>/run/lock/clinic-packages.lock
    flock -w 600 8 || die "another installation does not end"
    trap restore_autostart EXIT
    trap 'exit 130' INT TERM
    forbid_autostart
    get=(apt-get -qq -o DPkg::Lock::Timeout=300)
    export DEBIAN_FRONTEND=noninteractive
    # a fresh or an old machine has no usable lists: fetch them when the first try fails
    "${get[@]}" install -y --no-install-recommends "$@" >/dev/null 2>&1 8>&- ||
      { "${get[@]}" update >&2 8>&- && "${get[@]}" install -y --no-install-recommends "$@" >/dev/null 8>&-; }
  ) || die "could not install: $*"
}

install_servers() { find_servers || { install_packages postgresql rabbitmq-server; find_servers; } || die "packages came without the servers"; }
