# import: each case of import_test.sh is a test of its own.
foreach(case folder asked json how forms key names dates broken refused nothing strict jobs again)
  add_test(NAME cli.import.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/import_test.sh $<TARGET_FILE:gatesim> ${CMAKE_SOURCE_DIR} ${case})
  set_tests_properties(cli.import.${case} PROPERTIES TIMEOUT 120)
endforeach()
