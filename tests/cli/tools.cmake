# tools/ on made-up machines: each case of tools_test.sh is a test of its own.
set(cases syntax package_list missing_packages half_installed installs gives_up runs_anywhere passes_through
    broken_build moved_tree runs_tests failing_tests doctor doctor_finds)

# What --all needs is only there for those who use it.
find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
find_program(CLANGXX clang++)
if(CLANG_FORMAT AND CLANG_TIDY AND CLANGXX)
  list(APPEND cases all_of_it)
endif()

foreach(case ${cases})
  add_test(NAME cli.tools.${case} COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/tools_test.sh ${CMAKE_SOURCE_DIR} ${case})
endforeach()
