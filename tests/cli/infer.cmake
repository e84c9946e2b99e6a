# infer: each case of infer_test.sh is a test of its own; and a few worlds whose numbers are known, there and back.
foreach(case week entries_only train check careful wrong recorded synthetic)
  add_test(NAME cli.infer.${case} COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/infer_test.sh $<TARGET_FILE:gatesim> ${case})
  set_tests_properties(cli.infer.${case} PROPERTIES TIMEOUT 120)
endforeach()
add_test(NAME cli.infer.round_trip
         COMMAND python3 ${CMAKE_SOURCE_DIR}/tests/infer/round_trip.py $<TARGET_FILE:gatesim> 4)
set_tests_properties(cli.infer.round_trip PROPERTIES TIMEOUT 120)
