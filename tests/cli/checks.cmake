# Checks that never report, runs that hang, alike jobs: each case of checks_test.sh is a test of its own.
foreach(case lost hang shards)
  add_test(NAME cli.checks.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/checks_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.checks.${case} PROPERTIES TIMEOUT 120)
endforeach()
