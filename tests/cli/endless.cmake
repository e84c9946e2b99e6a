# Rules that get nowhere.
foreach(case red kinds lesson not_accused interrupted)
  add_test(NAME cli.endless.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/endless_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.endless.${case} PROPERTIES TIMEOUT 900)
endforeach()
