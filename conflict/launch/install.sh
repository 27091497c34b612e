#!/bin/sh
# Installs Debian or Ubuntu packages, and leaves no service running that nobody asked for.
# usage: sh install.sh PACKAGE...     as root, or by somebody who may use sudo; otherwise it says what to ask for.
set -eu
wanted="$*"

if ! command -v apt-get >/dev/null 2>&1; then
    echo "This system has no apt-get. Install the equivalent of these Debian packages, then call ./run again:" >&2
    echo "    $wanted" >&2
    exit 77
fi

if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        # shellcheck disable=SC2086  # package names hold no spaces
        exec sudo sh "$0" $wanted
    fi
    echo "Ask an administrator to run:" >&2
    echo "    apt-get update && apt-get install --no-install-recommends $wanted" >&2
    exit 77
fi

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# The launcher runs a database cluster and a Redis of its own; the distribution's must neither be created nor started
# by this installation. What was there before stays as it was.
policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/sahel-conflict-tracker.conf
made_policy=no
redis_was_there=no
installed redis-server && redis_was_there=yes
put_back() {
    rm -f "$no_cluster"
    rmdir /etc/postgresql-common/createcluster.d 2>/dev/null || true
    if [ "$made_policy" = yes ]; then rm -f "$policy"; fi
}
trap put_back EXIT
trap 'exit 130' INT TERM
mkdir -p "$(dirname "$no_cluster")"
echo "create_main_cluster = false" > "$no_cluster"
if [ ! -e "$policy" ]; then
    made_policy=yes
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -q -o DPkg::Lock::Timeout=120 update
# The pair of server and PostGIS that the distribution has, where no package stands for "its own".
if ! apt-cache show postgresql-postgis >/dev/null 2>&1; then
    newest=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d' ' -f1 | sort -V | tail -n 1)
    wanted=$(echo "$wanted" | sed "s/postgresql-postgis/${newest:-postgresql-postgis}/")
fi
# shellcheck disable=SC2086
apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 install --no-install-recommends $wanted

if [ "$redis_was_there" = no ] && installed redis-server && [ -d /run/systemd/system ]; then
    systemctl disable redis-server >/dev/null 2>&1 || true
fi
