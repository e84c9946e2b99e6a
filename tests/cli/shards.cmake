# Studies in shards: each case of shards_test.sh is a test of its own.
foreach(case joined joined_sweep ends_early apart no_work refused unfinished torn interrupted words)
  add_test(NAME cli.shards.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/shards_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.shards.${case} PROPERTIES TIMEOUT 300)
endforeach()

foreach(case tasks parallel slurm)
  add_test(NAME cli.shards.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/shard_tasks_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.shards.${case} PROPERTIES TIMEOUT 300 SKIP_RETURN_CODE 77)
endforeach()

# Shards killed at random instants; GATESIM_KILLS says how often.
add_test(NAME cli.shards.kill9
         COMMAND python3 ${CMAKE_CURRENT_LIST_DIR}/kill9_shards.py $<TARGET_FILE:gatesim> ${CMAKE_SOURCE_DIR}/scenarios/quickstart)
set_tests_properties(cli.shards.kill9 PROPERTIES TIMEOUT 900)
