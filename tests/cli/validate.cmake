# validate: each case of validate_test.sh is a test of its own.
foreach(case predicts recorded picture no_better page page_explains page_place page_long finder parts quiet landings missing stretch)
  add_test(NAME cli.validate.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/validate_test.sh $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.validate.${case} PROPERTIES TIMEOUT 120)
endforeach()
