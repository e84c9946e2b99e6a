# What is kept: each case of keep_test.sh is a test of its own.
foreach(case out_is_the_scenario foreign_folders empty_and_absent mine_among_yours version_010 journals_kept journals_refused
    journal_damage another_program hangup left_aside nothing_for_nothing)
  add_test(NAME cli.keep.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/keep_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.keep.${case} PROPERTIES TIMEOUT 300)
endforeach()

# Killed at random instants; GATESIM_KILLS says how often.
add_test(NAME cli.keep.kill9
         COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/kill9.py $<TARGET_FILE:gatesim> ${CMAKE_SOURCE_DIR}/scenarios/quickstart)
set_tests_properties(cli.keep.kill9 PROPERTIES TIMEOUT 900)
