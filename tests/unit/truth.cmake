gatesim_test(truth_test
  truth/by_target_test.cpp truth/footprint_test.cpp truth/hidden_test.cpp truth/merging_test.cpp truth/races_test.cpp truth/recorded_test.cpp truth/script_test.cpp truth/signals_test.cpp truth/tests_test.cpp truth/troubles_test.cpp truth/undo_test.cpp
  PARTS truth load kernel chance)
