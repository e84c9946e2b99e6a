# shellcheck shell=bash disable=SC2154  # root and me come from the program that sources this
#
# What tools/gatesim, tools/test and tools/doctor share: packages, configuring, building. Sourced by bash, not run.
# The caller has set `root` (the source tree) and `me` (its name in messages). Everything said here goes to stderr.

readonly exit_environment=4  # cannot read or write, or something that is needed is missing

# What one clone has compiled, another one need not compile again: ccache looks at paths from the root of the tree on.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

say() { printf '%s: %s\n' "$me" "$*" >&2; }
die() { say "$@"; exit "$exit_environment"; }

# packages GROUP...: the names in tools/packages.txt under these groups, a line each.
packages() {
    local line group="" wanted=" $* "
    while IFS= read -r line; do
        line=${line%%#*}
        line=${line//[[:space:]]/}
        case $line in
            "") ;;
            \[*\]) group=${line:1:-1} ;;
            *) [[ $wanted == *" $group "* ]] && printf '%s\n' "$line" ;;
        esac
    done <"$root/tools/packages.txt"
    return 0
}

# missing_packages NAME...: those that are not completely installed, a line each. Fails where there is no dpkg.
missing_packages() {
    local name state
    local -A states=()
    command -v dpkg-query >/dev/null || return 1
    while read -r name state; do
        states[$name]=$state
    done < <(dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
    for name in "$@"; do
        [[ ${states[$name]:-} == installed ]] || printf '%s\n' "$name"
    done
}

# Sets as_root to what a command needs in front of it to run as root: nothing, or sudo. Fails if neither will do.
# sudo may ask for a password where there is somebody to type it, and is never waited for where there is not.
find_root() {
    as_root=()
    [[ $EUID -eq 0 ]] && return 0
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
    sudo -n true 2>/dev/null || [[ -t 0 && -t 2 ]]
}

# apt_get COMMAND...: apt-get as root that asks nothing, tries a download three times and waits for another apt to finish.
apt_get() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes --no-install-recommends \
        -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=300 \
        -o APT::Update::Error-Mode=any -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# Does apt know where to get every one of these packages?
have_candidates() {
    local found
    found=$(LC_ALL=C apt-cache policy "$@" 2>/dev/null | grep -c '^  Candidate: [^(]')
    ((found == $#))
}

# install_packages NAME...: up to three tries; every one but the first begins with new package lists and a repaired dpkg.
install_packages() {
    local log=$root/build/install.log try
    for try in 1 2 3; do
        if ((try > 1)); then
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive dpkg --configure -a </dev/null
        fi >>"$log" 2>&1
        if ((try > 1)) || ! have_candidates "$@"; then
            apt_get update >>"$log" 2>&1 || continue
        fi
        apt_get install "$@" >>"$log" 2>&1 && return 0
    done
    grep -E '^(E|Err):?' "$log" | tail -n 4 >&2
    return 1
}

# need_packages MAY_INSTALL GROUP...: returns when the packages of the groups are there, or ends the program with the list
# of those that are not.
need_packages() {
    local may_install=$1 missing started=$SECONDS
    local -a wanted lacking
    shift
    mapfile -t wanted < <(packages "$@")
    missing=$(missing_packages "${wanted[@]}") ||
        die "this is not a Debian system. Install what these packages hold, then build with cmake: ${wanted[*]}"
    [[ -n $missing ]] || return 0
    mapfile -t lacking <<<"$missing"

    local by_hand="apt-get install --no-install-recommends ${lacking[*]}"
    if ! $may_install; then
        die "Debian packages are missing. As root: $by_hand"
    fi
    find_root || die "Debian packages are missing, and installing them needs root or sudo. As root: $by_hand"
    { mkdir -p "$root/build" && : >"$root/build/install.log"; } || die "cannot write into $root/build"
    say "installing ${#lacking[@]} Debian packages and what they depend on: ${lacking[*]}"
    install_packages "${lacking[@]}" ||
        die "they could not be installed (no network? all that apt said: $root/build/install.log). As root: $by_hand"
    say "installed in $((SECONDS - started)) s"
}

# How many compilers at once: one a core, but no more than memory holds at 1 GiB each.
build_jobs() {
    local cores kib
    cores=$(nproc)
    kib=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo 2>/dev/null)
    local fit=$((${kib:-0} / 1048576))
    ((fit >= 1)) || fit=1
    [[ -n $kib ]] && ((fit < cores)) && cores=$fit
    printf '%s\n' "$cores"
}

# configure PRESET TESTS: runs CMake if this build folder needs it. TESTS is ON to have the tests in the build; OFF leaves
# them out of a new folder and as they are in an old one, so that the two tools can share it.
configure() {
    local preset=$1 tests=$2 dir=$root/build/$1
    local -a how=("-DGATESIM_TESTS=$tests")
    if [[ -f $dir/build.ninja && -f $dir/.configured && ! $root/CMakePresets.json -nt $dir/.configured ]] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt" &&
        { [[ $tests == OFF ]] || grep -qxF GATESIM_TESTS:BOOL=ON "$dir/CMakeCache.txt"; }; then
        return 0
    fi
    if [[ -f $dir/CMakeCache.txt ]]; then
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt" || how+=(--fresh)
        [[ $tests == OFF ]] && grep -qxF GATESIM_TESTS:BOOL=ON "$dir/CMakeCache.txt" && how[0]=-DGATESIM_TESTS=ON
    fi
    say "configuring preset $preset"
    if ! (cd "$root" && cmake --preset "$preset" "${how[@]}") >"$dir/configure.log" 2>&1; then
        cat "$dir/configure.log" >&2
        die "CMake could not configure preset $preset"
    fi
    touch "$dir/.configured"
}

# Shows how far ninja is, read from its lines: a counter on a terminal, one line elsewhere, nothing if it has no work.
show_progress() {
    local line said=false
    while IFS= read -r line; do
        [[ $line =~ ^\[([1-9][0-9]*)/([0-9]+)\] ]] || continue
        if [[ -t 2 ]]; then
            printf '\r%s: building, %s of %s ' "$me" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
        elif ! $said; then
            say "building preset $1 (${BASH_REMATCH[2]} steps, $2 at a time)"
        fi
        said=true
    done
    if $said && [[ -t 2 ]]; then printf '\n' >&2; fi
}

# build PRESET TESTS TARGET: configures and builds; ends the program with the compiler's words if that fails. One build at
# a time in a folder: a second caller waits.
build() {
    local preset=$1 tests=$2 target=$3 dir=$root/build/$1 jobs lock started=$SECONDS
    mkdir -p "$dir" || die "cannot write into $root/build"
    exec {lock}>"$dir/.lock" || die "cannot write into $dir"
    if ! flock --nonblock "$lock"; then
        say "waiting for another build of preset $preset to finish"
        flock "$lock" || die "cannot lock $dir"
    fi
    configure "$preset" "$tests"
    jobs=$(build_jobs)
    if ! NINJA_STATUS='[%f/%t] ' cmake --build "$dir" --target "$target" -j "$jobs" 2>&1 |
        tee "$dir/build.log" | show_progress "$preset" "$jobs"; then
        if grep -q '^FAILED:' "$dir/build.log"; then
            sed -n '/^FAILED:/,$ { /^FAILED:/ { p; n; d }; p }' "$dir/build.log"  # without ninja's long commands
        else
            cat "$dir/build.log"
        fi >&2
        die "the build failed; all that was said is in $dir/build.log"
    fi
    ((SECONDS - started < 2)) || say "built in $((SECONDS - started)) s"
    exec {lock}>&-
}
