gatesim_test(page_test page/columns_test.cpp page/pack_test.cpp page/player_html_test.cpp page/read_replay_test.cpp
  PARTS page load chance kernel LIBS rapidcheck rapidcheck_gtest)
target_compile_definitions(page_test PRIVATE GATESIM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
