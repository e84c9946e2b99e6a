# Names that people type: each case of names_test.sh is a test of its own.
foreach(case strategies kinds)
  add_test(NAME cli.names.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/names_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.names.${case} PROPERTIES TIMEOUT 120)
endforeach()
