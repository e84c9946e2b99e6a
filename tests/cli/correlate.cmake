# correlate: each case of correlate_test.sh is a test of its own.
foreach(case planted none text check classes broken)
  add_test(NAME cli.correlate.${case} COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/correlate_test.sh $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.correlate.${case} PROPERTIES TIMEOUT 240)
endforeach()
