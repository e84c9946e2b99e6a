# The record of a run holds together, for strategies that test items, batches and guesses.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
foreach(run "quickstart" "bootcamp-2013" "bootcamp-2013 --strategy batch" "bootcamp-2013 --strategy tide"
        "bootcamp-2013 --strategy submitqueue" "bootcamp-2013 --strategy mergify" "bootcamp-2013 --strategy bors-ng"
        "bootcamp-2013 --strategy rebase-race" "freeze-2013" "monorepo-2019 --until 1d")
  separate_arguments(words UNIX_COMMAND "${run}")
  list(POP_FRONT words scenario)
  string(REGEX REPLACE "[^a-z0-9]+" "_" name "${run}")
  add_test(NAME cli.record.${name}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/record_test.py $<TARGET_FILE:gatesim>
                   ${CMAKE_CURRENT_BINARY_DIR}/record.${name} ${CMAKE_SOURCE_DIR}/scenarios/${scenario} ${words})
  set_tests_properties(cli.record.${name} PROPERTIES TIMEOUT 120)
endforeach()
foreach(strategy zuul batch submitqueue)
  add_test(NAME cli.record.blanks.${strategy}
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/record_test.py $<TARGET_FILE:gatesim>
                   ${CMAKE_CURRENT_BINARY_DIR}/record.blanks.${strategy} ${CMAKE_CURRENT_LIST_DIR}/blanks --strategy ${strategy})
endforeach()
