# gatesim new: each case of new_test.sh is a test of its own.
foreach(case runs bad_answers keeps race asked end interrupt)
  add_test(NAME cli.new.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/new_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.new.${case} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77)
endforeach()
