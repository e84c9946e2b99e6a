# Build logs of a run: each case of logs_test.sh is a test of its own.
foreach(case written same folder interrupted style hunt quiet)
  add_test(NAME cli.logs.${case} COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/logs_test.sh $<TARGET_FILE:gatesim> ${CMAKE_SOURCE_DIR}/scenarios ${case})
  set_tests_properties(cli.logs.${case} PROPERTIES TIMEOUT 240)
endforeach()
