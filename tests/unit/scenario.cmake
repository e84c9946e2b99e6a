gatesim_test(scenario_test
  scenario/broken_test.cpp scenario/decode_test.cpp scenario/decode_world_test.cpp scenario/describe_test.cpp scenario/document_test.cpp scenario/decode_concurrency_test.cpp scenario/decode_races_test.cpp
  scenario/extends_test.cpp scenario/hours_test.cpp scenario/load_test.cpp scenario/parts_test.cpp scenario/pattern_test.cpp scenario/schema_test.cpp scenario/shards_test.cpp scenario/units_test.cpp scenario/decode_life_test.cpp
  PARTS scenario scaling load chance kernel)
# Valijson's pointer code sets off a warning of g++ 12 that is false (string::replace at -O2).
set_source_files_properties(scenario/schema_test.cpp scenario/drift_test.cpp PROPERTIES COMPILE_OPTIONS -Wno-restrict)
target_compile_definitions(scenario_test PRIVATE SCENARIO_TESTS="${CMAKE_CURRENT_SOURCE_DIR}/scenario")

# The schema that is checked in is made from the real strategies.
gatesim_test(schema_drift_test scenario/drift_test.cpp PARTS scenario scaling strategy gate load chance kernel)
target_compile_definitions(schema_drift_test PRIVATE SCENARIOS="${CMAKE_SOURCE_DIR}/scenarios")

# Rules of assignment register themselves in the part that has their code.
gatesim_test(review_scenario_test scenario/decode_people_test.cpp scenario/decode_review_test.cpp PARTS scenario load chance kernel)
target_compile_definitions(review_scenario_test PRIVATE SCENARIO_TESTS="${CMAKE_CURRENT_SOURCE_DIR}/scenario")
