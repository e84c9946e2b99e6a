# Who is to blame and what it cost: each case of blame_test.sh is a test of its own.
foreach(case bystander witness cost limit waste causes)
  add_test(NAME cli.blame.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/blame_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.blame.${case} PROPERTIES TIMEOUT 120)
endforeach()
