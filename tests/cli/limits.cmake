# What the machine refuses.
foreach(case memory killed file_size estimate shipped bounded)
  add_test(NAME cli.limits.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/limits_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.limits.${case} PROPERTIES TIMEOUT 300)
endforeach()
if(GATESIM_SANITIZE)  # its shadow memory needs more address space than there may be
  set_tests_properties(cli.limits.memory cli.limits.estimate cli.limits.bounded PROPERTIES DISABLED TRUE)
endif()
