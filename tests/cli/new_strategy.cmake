# What tools/new-strategy writes is compiled, tells its stories and keeps the contract, in every build of the tests.
set(tree ${CMAKE_CURRENT_BINARY_DIR}/new_tree)
set(begun ${tree}/sim/strategy/newly_begun.cpp)
set(begun_story ${tree}/tests/story/newly_begun_test.cpp)
set(source ${CMAKE_SOURCE_DIR})
add_custom_command(
  OUTPUT ${begun} ${begun_story}
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${tree}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${tree}/sim/strategy ${tree}/tests/story
  COMMAND ${CMAKE_COMMAND} -E copy ${source}/sim/strategy/CMakeLists.txt ${tree}/sim/strategy
  COMMAND ${CMAKE_COMMAND} -E copy ${source}/tests/story/CMakeLists.txt ${tree}/tests/story
  COMMAND ${CMAKE_COMMAND} -E copy ${source}/CHANGELOG.md ${tree}
  COMMAND bash ${source}/tools/new-strategy --root ${tree} newly-begun
  DEPENDS ${source}/tools/new-strategy
  COMMENT "Beginning a strategy with tools/new-strategy"
  VERBATIM)
gatesim_test(new_strategy_test ${begun_story} ${begun} ../support/story.cpp
  PARTS kernel chance truth load gate strategy workers world)
get_target_property(gatesim_libraries gatesim LINK_LIBRARIES)
add_executable(gatesim_new ${source}/sim/command/main.cpp ${begun})
target_link_libraries(gatesim_new PRIVATE ${gatesim_libraries})
foreach(case contract pages names refuses)
  add_test(NAME cli.new_strategy.${case}
           COMMAND bash ${CMAKE_CURRENT_LIST_DIR}/new_strategy_test.sh ${source} $<TARGET_FILE:gatesim_new> ${case})
  set_tests_properties(cli.new_strategy.${case} PROPERTIES TIMEOUT 120)
endforeach()
