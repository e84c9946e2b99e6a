# The program itself: each case of gatesim_test.sh is a test of its own.
foreach(case usage options story tables json same_bytes engines expectation errors_of_scenarios unwritable replaces_own_files
    interrupt interrupt_twice colors progress_line progress_fits errors_wrapped totals until)
  add_test(NAME cli.gatesim.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/gatesim_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.gatesim.${case} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77)
endforeach()

# Words and names: each case of words_test.sh.
foreach(case help lists describes schema names product_words)
  add_test(NAME cli.words.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/words_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.words.${case} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77)
endforeach()

# explain, and the rows of load files: each case of explain_test.sh.
foreach(case explain explain_check explain_run explain_json explain_nodes load_rows newest_first observed_rows)
  add_test(NAME cli.explain.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/explain_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.explain.${case} PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77)
endforeach()

# What `describe shopify` states was measured.
find_program(python NAMES python3)
if(python)
  add_test(NAME cli.gatesim.shopify_figures COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/shopify_figures.py $<TARGET_FILE:gatesim>)
  set_tests_properties(cli.gatesim.shopify_figures PROPERTIES TIMEOUT 300)
endif()

# The same program with the bad strategies of the property tests in it: what a broken contract looks like to its user.
set(zoo ../property/zoo/does_nothing.cpp ../property/zoo/lands_untested.cpp ../property/zoo/thrashes.cpp)
get_target_property(gatesim_libraries gatesim LINK_LIBRARIES)
add_executable(gatesim_zoo ${CMAKE_SOURCE_DIR}/sim/command/main.cpp ${zoo})
target_include_directories(gatesim_zoo PRIVATE ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(gatesim_zoo PRIVATE ${gatesim_libraries})
foreach(case broken_contract broken_in_one_of_many broken_endless broken_keeps_files stuck)
  add_test(NAME cli.gatesim_zoo.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/zoo_test.sh ${CMAKE_SOURCE_DIR} $<TARGET_FILE:gatesim_zoo> ${case})
  set_tests_properties(cli.gatesim_zoo.${case} PROPERTIES TIMEOUT 120)
endforeach()
