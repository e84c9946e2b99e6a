gatesim_test(load_test load/csv_test.cpp load/when_test.cpp load/load_file_test.cpp load/observed_file_test.cpp load/run_row_test.cpp load/row_queue_test.cpp load/id_table_test.cpp PARTS load chance kernel)
target_compile_definitions(load_test PRIVATE GATESIM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")

gatesim_test(shipped_scenarios_test load/bootcamp_jobs_test.cpp PARTS load scenario chance kernel)
target_compile_definitions(shipped_scenarios_test PRIVATE GATESIM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")

# The checked-in tables of bootcamp-2013 against the source tables, where these are at hand.
find_program(PYTHON3 python3)
add_test(NAME bootcamp_2013_retabulates
         COMMAND ${CMAKE_SOURCE_DIR}/tools/importers/check_bootcamp_2013.sh ${CMAKE_SOURCE_DIR} ${PYTHON3})
set_tests_properties(bootcamp_2013_retabulates PROPERTIES SKIP_RETURN_CODE 77)

gatesim_test(review_test load/arrival_clock_test.cpp load/working_time_test.cpp load/review_desk_test.cpp PARTS load chance kernel)

gatesim_test(people_test load/people_test.cpp PARTS kernel chance truth load gate strategy workers world)
