# calibrate: each case of calibrate_test.sh is a test of its own.
foreach(case table json nothing_claimed reason same_bytes bad_claim)
  add_test(NAME cli.calibrate.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/calibrate_test.sh $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.calibrate.${case} PROPERTIES TIMEOUT 120)
endforeach()
