# compare, sweep and plan: each case of compare_test.sh, sweep_test.sh and plan_test.sh is a test of its own.
foreach(case compare pairs_are_runs json same_bytes precision variants bad_input kill_and_resume interrupt two_at_once columns
    one_unit said_once warmup never_served)
  add_test(NAME cli.compare.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/compare_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.compare.${case} PROPERTIES TIMEOUT 180 SKIP_RETURN_CODE 77)
endforeach()

foreach(case sweep sweep_as_good sweep_price sweep_ranges sweep_stops sweep_killed never_seen no_luck)
  add_test(NAME cli.sweep.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/sweep_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.sweep.${case} PROPERTIES TIMEOUT 180 SKIP_RETURN_CODE 77)
endforeach()

foreach(case chosen refused interrupted)
  add_test(NAME cli.tune.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/tune_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.tune.${case} PROPERTIES TIMEOUT 180)
endforeach()

foreach(case answer same_bytes promises floor living interrupt page bad_input)
  add_test(NAME cli.plan.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/plan_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.plan.${case} PROPERTIES TIMEOUT 180 SKIP_RETURN_CODE 77)
endforeach()
