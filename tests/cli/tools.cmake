# tools/ on made-up machines: each case of tools_test.sh is a test of its own.
foreach(case syntax package_list missing_packages half_installed installs gives_up runs_anywhere passes_through
    broken_build moved_tree runs_tests failing_tests doctor doctor_finds)
  add_test(NAME cli.tools.${case} COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/tools_test.sh ${CMAKE_SOURCE_DIR} ${case})
endforeach()
