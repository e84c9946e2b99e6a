# Results must not depend on the machine's clock, its luck or its locale. Only what talks to a person (command/) and what
# measures its own speed (study/) may look at a clock, and what waits for a program, but not for ever (strategy/exec/).
# Run as cmake -DROOT=tree -P determinism.cmake.
cmake_minimum_required(VERSION 3.25)

set(faults "")
set(never "random_device|mt19937|default_random_engine|std::rand|srand|setlocale|std::locale|std::hash|execution::par")
set(clocks "system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime|std::time|std::clock")

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/sim/*.hpp ${ROOT}/sim/*.cpp)
list(SORT files)
foreach(file ${files})
  set(forbidden "${never}")
  if(NOT file MATCHES "^sim/(command|study|strategy/exec)/")
    string(APPEND forbidden "|${clocks}")
  endif()
  file(READ ${ROOT}/${file} text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REGEX MATCHALL "(^|[^A-Za-z0-9_])(${forbidden})[^A-Za-z0-9_]" found "${text}")
  foreach(use ${found})
    string(REGEX MATCH "(${forbidden})" use "${use}")
    list(APPEND faults "${file} uses ${use}")
  endforeach()
endforeach()

if(faults)
  list(REMOVE_DUPLICATES faults)
  list(JOIN faults "\n  " faults)
  message(FATAL_ERROR "\n  ${faults}")
endif()
