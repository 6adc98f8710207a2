#!/usr/bin/env bash
# Proves that `make run` and `make test` do everything on a bare Debian 12 machine: builds one with
# debootstrap, puts a fresh clone of the last commit in it, runs both there and prints the times.
#
#   sudo packaging/prove-bare.sh FOLDER [COMMAND ...]
#
# FOLDER must be absent or empty; it is left in place to look at and may be deleted afterwards.
# COMMANDs (default: "make run" "make test") run in the clone, one after the other.
# How the host reaches Debian's archive and the Python packages is passed on as it is set up there:
# apt's archive and connection options, pip's configuration, proxies and certificates.
set -euo pipefail

SUITE=bookworm
PACKAGES=ca-certificates,make,python3

stop() { printf '%s\n' "$*" >&2; exit 2; }

[ $# -ge 1 ] || stop "Usage: packaging/prove-bare.sh FOLDER [COMMAND ...]"
[ "$(id -u)" = 0 ] || stop "This needs root, for chroot."
command -v debootstrap >/dev/null || stop "This needs debootstrap: apt-get install debootstrap"

repo=$(cd "$(dirname "$0")/.." && pwd -P)
mkdir -p "$1"
root=$(cd "$1" && pwd -P)
shift

# The mounts of a namespace of our own end with it, so deleting FOLDER can never reach the host.
if [ "${GEMBA_OWN_MOUNTS:-}" != yes ]; then
    [ -z "$(ls -A "$root")" ] || stop "$root is not empty."
    export GEMBA_OWN_MOUNTS=yes
    exec unshare --mount --propagation private -- "$0" "$root" "$@"
fi
[ $# -gt 0 ] || set -- "make run" "make test"

# ---- what the host knows about reaching the archives -----------------------------------------

archives() {
    # Debian's own suites only: a bare machine has no third-party archives.
    apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$SUITE" '($2 == suite || index($2, suite "-") == 1) && $3 == "main"' | sort -u
}

pip_files() {
    local file
    for file in /etc/pip.conf /etc/xdg/pip/pip.conf "$HOME/.config/pip/pip.conf" \
        "$HOME/.pip/pip.conf" "${PIP_CONFIG_FILE:-}"; do
        [ -f "$file" ] && printf '%s\n' "$file"
    done
    return 0
}

# Folders on the host that pip is told to look into. An index (".../simple") names files beside it.
pip_folders() {
    { pip_files | xargs -r cat; env | grep '^PIP_' || true; } |
        grep -oE '(file://)?/[^[:space:]=]+' | sed -E 's#^file://##; s#/simple/?$##' | sort -u |
        while read -r path; do [ -d "$path" ] && printf '%s\n' "$path"; done
    return 0
}

copy_in() { install -D -m 644 "$1" "$root$1"; }

mirror=$(archives | awk -v suite="$SUITE" '$2 == suite {print $1; exit}')
mirror=${mirror:-http://deb.debian.org/debian}

# ---- the machine -----------------------------------------------------------------------------

began=$SECONDS
echo "Building a bare Debian ($SUITE) in $root"
debootstrap --variant=minbase --include="$PACKAGES" "$SUITE" "$root" "$mirror" \
    >"$root.debootstrap.log" 2>&1 || { tail -n 20 "$root.debootstrap.log"; exit 1; }
rm -f "$root.debootstrap.log"

archives | awk '{print "deb", $1, $2, $3}' >"$root/etc/apt/sources.list"
apt-config dump | grep -E '^Acquire::(https?|Retries)' >"$root/etc/apt/apt.conf.d/99host" || true
for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    [ -f "$file" ] && copy_in "$file"
done
for file in $(pip_files) "${PIP_CERT:-}" "${SSL_CERT_FILE:-}" "${REQUESTS_CA_BUNDLE:-}"; do
    [ -f "$file" ] && copy_in "$file"
done
for folder in $(pip_folders); do
    mkdir -p "$root$folder"
    mount --rbind -o ro "$folder" "$root$folder"
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"

git clone --quiet --no-local --depth 1 "file://$repo" "$root/srv/gemba"
printf 'Ready after %d s, at %s\n' "$((SECONDS - began))" "$(git -C "$repo" log -1 --format='%h %s')"

# ---- the proof -------------------------------------------------------------------------------

pass=(PATH=/usr/sbin:/usr/bin:/sbin:/bin "HOME=$HOME" LANG=C.UTF-8 "TERM=${TERM:-dumb}")
while IFS= read -r entry; do
    pass+=("$entry")
done < <(env | grep -E '^(PIP_[A-Z_]+|[a-zA-Z]+_(proxy|PROXY)|SSL_CERT_FILE|REQUESTS_CA_BUNDLE)=' || true)

failed=0
results=()
for command in "$@"; do
    echo "--- $command"
    began=$SECONDS
    code=0
    env -i "${pass[@]}" chroot "$root" /bin/sh -c "cd /srv/gemba && $command" </dev/null || code=$?
    results+=("$(printf '%-12s exit %d after %d s' "$command" "$code" "$((SECONDS - began))")")
    [ "$code" = 0 ] || failed=1
done

echo "--- on a bare Debian ($SUITE):"
printf '%s\n' "${results[@]}"
exit "$failed"
