# A strategy from outside: the example in Python, and programs that go wrong.
foreach(case same_bytes contract finds_program edited missing blanks dies slow nonsense breaks_contract probes permits_independence leaves_nothing repeats compares)
  add_test(NAME cli.exec.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/exec_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.exec.${case} PROPERTIES TIMEOUT 180)
endforeach()
