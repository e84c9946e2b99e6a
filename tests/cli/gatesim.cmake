# The program itself: each case of gatesim_test.sh is a test of its own.
foreach(case usage options help lists describes schema story tables json same_bytes engines expectation errors_of_scenarios
    unwritable replaces_own_files explain explain_run interrupt interrupt_twice colors progress_line until)
  add_test(NAME cli.gatesim.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/gatesim_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.gatesim.${case} PROPERTIES TIMEOUT 120)
endforeach()
