# report and --report: each case of report_test.sh is a test of its own.
foreach(case run compare lines sweep calibrate no_tables foreign nothing words markup side_by_side stale)
  add_test(NAME cli.report.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/report_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.report.${case} PROPERTIES TIMEOUT 180)
endforeach()
