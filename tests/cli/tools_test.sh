#!/usr/bin/env bash
# tools_test.sh TREE CASE: one case. Nothing is installed: dpkg-query and apt-get are played by scripts, and what is built
# is a small program in a copy of tools/ (in a folder with a space in its name).
set -uo pipefail

tree=$1
here=$(dirname "$(readlink -f -- "${BASH_SOURCE[0]}")")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
machine=$temporary/machine
copy="$temporary/a tree"
unset GATESIM_CALLED_AS

fail() {
    printf 'FAILED: %s\n--- stdout\n' "$1"
    cat "$temporary/stdout"
    printf -- '--- stderr\n'
    cat "$temporary/stderr"
    exit 1
} 2>/dev/null

# run EXPECTED-EXIT-CODE COMMAND...: its output is then in $temporary/stdout and stderr.
run() {
    local expected=$1 code
    shift
    PATH=$machine:$PATH "$@" >"$temporary/stdout" 2>"$temporary/stderr" </dev/null
    code=$?
    ((code == expected)) || fail "exit code $code instead of $expected: $*"
}

says() { grep -qF -- "$2" "$temporary/$1" || fail "$1 lacks: $2"; }
says_nothing() { [[ ! -s $temporary/$1 ]] || fail "$1 is not empty"; }

play() {
    mkdir -p "$machine"
    cat >"$machine/$1"
    chmod +x "$machine/$1"
}

# A machine that has every package but those in the file `missing`, a line each: NAME STATE.
a_machine_without() {
    mkdir -p "$machine"
    : >"$machine/missing"
    (($# == 0)) || printf '%s\n' "$@" >"$machine/missing"
    play dpkg-query <<'END'
#!/usr/bin/env bash
for name in "${@:4}"; do
    state=$(sed -n "s/^$name //p" "$(dirname "$0")/missing")
    [[ $state == none ]] || printf '%s %s\n' "$name" "${state:-installed}"
done
END
    play apt-get <<'END'
#!/usr/bin/env bash
exit 100
END
    play apt-cache <<'END'
#!/usr/bin/env bash
END
    play dpkg <<'END'
#!/usr/bin/env bash
END
    play sudo <<'END'
#!/usr/bin/env bash
while [[ $1 == -* ]]; do shift; done
exec "$@"
END
}

# A tree whose gatesim prints its arguments, and whose one test succeeds.
a_small_tree() {
    mkdir "$copy"
    cp -r "$tree/tools" "$tree/CMakePresets.json" "$copy"
    cat >"$copy/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(small CXX)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
option(GATESIM_TESTS "" ON)
add_executable(gatesim main.cpp)
if(GATESIM_TESTS)
  enable_testing()
  add_test(NAME small COMMAND gatesim)
endif()
END
    cat >"$copy/main.cpp" <<'END'
#include <cstdio>
#include <cstdlib>
int main(int count, char** arguments) {
    std::printf("called as %s:", std::getenv("GATESIM_CALLED_AS"));
    for (int i = 1; i < count; ++i) std::printf(" <%s>", arguments[i]);
    std::puts("");
    return count > 1 ? std::atoi(arguments[1]) : 0;
}
END
}

syntax() {
    local tool
    for tool in gatesim test doctor bundle bundle_doctor; do
        run 0 bash -n "$tree/tools/$tool"
        [[ -x $tree/tools/$tool ]] || fail "tools/$tool cannot be executed"
    done
    run 0 bash -n "$tree/tools/setup.sh"
    run 0 bash -n "$tree/.ci/run"
}

package_list() {
    local line names
    : >"$temporary/stdout"
    : >"$temporary/stderr"
    names=$(sed 's/#.*//' "$tree/tools/packages.txt" | grep -oE '^[a-z][^ []*')
    [[ -z $(sort <<<"$names" | uniq -d) ]] || fail "named twice: $(sort <<<"$names" | uniq -d)"
    while IFS= read -r line; do
        [[ -z $line || $line == \#* || $line == \[*\] || $line =~ ^[a-z0-9][a-z0-9.+-]+\ +\#\ .+ ]] ||
            fail "neither a group nor a package with its reason: $line"
    done <"$tree/tools/packages.txt"
}

missing_packages() {
    a_machine_without "ccache none" "g++ none" "libgtest-dev none"
    run 4 "$tree/tools/gatesim" run scenarios/quickstart --no-install
    says stderr "Debian packages are missing"
    says stderr "apt-get install --no-install-recommends g++ ccache"
    says_nothing stdout
    run 4 "$tree/tools/test" --no-install
    says stderr "apt-get install --no-install-recommends g++ ccache libgtest-dev"
    says_nothing stdout
}

half_installed() {
    a_machine_without "cmake half-configured"
    run 4 "$tree/tools/gatesim" --no-install list
    says stderr "apt-get install --no-install-recommends cmake"
}

# The first try fails, as with old package lists; the second begins with new ones and succeeds.
installs() {
    a_machine_without "ccache none" "tzdata none"
    a_small_tree
    play apt-cache <<'END'
#!/usr/bin/env bash
printf '  Candidate: 1\n  Candidate: 1\n'
END
    play apt-get <<'END'
#!/usr/bin/env bash
here=$(dirname "$0")
echo "$DEBIAN_FRONTEND: $*" >>"$here/apt-log"
case " $* " in
    *" update "*) touch "$here/updated" ;;
    *" install "*) [[ -e $here/updated ]] && : >"$here/missing" ;;
esac
END
    run 0 "$copy/tools/gatesim" 0 list
    says stderr "installing 2 Debian packages and what they depend on: ccache tzdata"
    says stdout "<list>"
    cp "$machine/apt-log" "$temporary/stdout"
    says stdout "noninteractive: --quiet --yes --no-install-recommends"
    [[ $(grep -c ' install ccache tzdata$' "$machine/apt-log") == 2 ]] || fail "not two tries"
    [[ $(grep -c ' update$' "$machine/apt-log") == 1 ]] || fail "not one update"
}

gives_up() {
    a_machine_without "ccache none"
    a_small_tree
    run 4 "$copy/tools/gatesim" 0 list
    says stderr "could not be installed"
    says stderr "As root: apt-get install --no-install-recommends ccache"
    [[ ! -e $copy/build/release ]] || fail "it went on and built"
}

# From any folder, by any name; the folder a person stands in stays the program's, and only the program writes to stdout.
runs_anywhere() {
    a_machine_without
    a_small_tree
    cd "$temporary" || exit 1
    run 0 "a tree/tools/gatesim" 0 "two words"
    says stdout 'called as a\ tree/tools/gatesim: <0> <two words>'
    [[ $(wc -l <"$temporary/stdout") == 1 ]] || fail "more than the program's own line"
    says stderr "building preset release"
    ln -s "$copy/tools/gatesim" "$machine/gatesim"
    cd "$copy/tools" || exit 1
    run 0 gatesim 0
    says stdout "called as gatesim: <0>"
    says_nothing stderr
    run 0 ../tools/gatesim
    says stdout "called as ../tools/gatesim:"
}

passes_through() {
    a_machine_without
    a_small_tree
    run 3 "$copy/tools/gatesim" 3
    run 0 "$copy/tools/gatesim" 0 --no-install -- --no-install
    says stdout ": <0> <--> <--no-install>"
}

broken_build() {
    a_machine_without
    a_small_tree
    echo 'int wrong = "text";' >>"$copy/main.cpp"
    run 4 "$copy/tools/gatesim" 0
    says stderr "main.cpp:9:"
    says stderr "the build failed"
    says_nothing stdout
}

# CMake refuses a build folder that came with its tree from elsewhere; the tools make it anew.
moved_tree() {
    a_machine_without
    a_small_tree
    run 0 "$copy/tools/gatesim" 0
    mv "$copy" "$temporary/moved"
    run 0 "$temporary/moved/tools/gatesim" 0 again
    says stdout "<again>"
}

runs_tests() {
    a_machine_without
    a_small_tree
    run 0 "$copy/tools/gatesim" 0
    run 0 "$copy/tools/test"
    says stdout "100% tests passed, 0 tests failed out of 1"
    run 0 "$copy/tools/gatesim" 0
    says_nothing stderr
}

failing_tests() {
    a_machine_without
    a_small_tree
    echo 'add_test(NAME failing COMMAND gatesim 1)' >>"$copy/CMakeLists.txt"
    run 1 "$copy/tools/test"
    says stdout "1 tests failed out of 2"
    run 0 "$copy/tools/test" -R small
    says stdout "100% tests passed, 0 tests failed out of 1"
    run 1 "$copy/tools/test" -R no_such_test
    echo 'syntax error' >>"$copy/main.cpp"
    run 4 "$copy/tools/test"
    says stderr "the build failed"
}

# Everything that --all adds, once on a tree without faults and once with one of each kind.
all_of_it() {
    a_machine_without
    a_small_tree
    cp "$tree/.clang-format" "$tree/.clang-tidy" "$copy"
    mkdir -p "$copy/sim" "$copy/tests/fuzz/file"
    clang-format "$copy/main.cpp" >"$copy/sim/main.cpp"
    sed -i 's,main.cpp,sim/main.cpp,' "$copy/CMakeLists.txt"
    cat >>"$copy/CMakeLists.txt" <<'END'
add_custom_target(fuzz COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_file ${CMAKE_BINARY_DIR})
END
    # shellcheck disable=SC2016  # for the script to expand
    printf '#!/bin/sh\necho "$@" >>"$0.log"\nexit ${FUZZER_RESULT:-0}\n' >"$copy/tests/fuzz/fuzz_file"
    chmod +x "$copy/tests/fuzz/fuzz_file"
    echo '"word"' >"$copy/tests/fuzz/file.dict"
    mkdir -p "$copy/tests/readme"
    printf '#!/bin/sh\nexit 0\n' >"$copy/tests/readme/calibrations_test.py"
    mkdir -p "$copy/tests/page"
    printf '#!/bin/sh\nexit 0\n' | tee "$copy/tests/page/run" >"$copy/tests/page/install"
    chmod +x "$copy/tests/readme/calibrations_test.py" "$copy/tests/page/run" "$copy/tests/page/install"

    run 0 "$copy/tools/test" --all
    [[ $(grep -c "100% tests passed" "$temporary/stdout") == 2 ]] || fail "not with and without sanitizers"
    grep -q "max_total_time=60.* -dict=.*/file.dict .*/file.seeds$" "$copy/build/fuzz/fuzz_file.log" || fail "the fuzzer did not run"

    echo 'int*  nowhere = 0;' >>"$copy/sim/main.cpp"
    FUZZER_RESULT=1 run 1 "$copy/tools/test" --all
    says stderr "tools/test: failed: layout"
    says stderr "tools/test: failed: clang-tidy"
    says stderr "tools/test: failed: fuzzer file"
    run 1 "$copy/tools/test" --only layout
    says stderr "tools/test: failed: layout"
    run 2 "$copy/tools/test" --only everything
    says stderr 'not "everything"'
}

member() { cmake -DFILE="$temporary/stdout" -DMEMBER="$1" -P "$here/json_member.cmake" || fail "no JSON with $1"; }

doctor() {
    run 2 "$tree/tools/doctor" --nonsense
    a_machine_without
    PATH=$machine:$PATH "$tree/tools/doctor" --json >"$temporary/stdout" 2>"$temporary/stderr"
    local code=$? ok
    ok=$(member ok)
    [[ $code/$ok == 0/ON || $code/$ok == 4/OFF ]] || fail "exit code $code, but ok is $ok"
    says stdout '"topic": "packages to run", "mark": "ok"'
}

doctor_finds() {
    a_machine_without "libsimgrid-dev none"
    run 4 "$tree/tools/doctor" --json
    [[ $(member ok) == OFF ]] || fail "ok although a package is missing"
    run 4 "$tree/tools/doctor"
    says stdout "✗ packages to run   missing 1 of"
    says stdout "apt-get install --no-install-recommends libsimgrid-dev"
}

"$2"
