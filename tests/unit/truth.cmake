gatesim_test(truth_test truth/script_test.cpp truth/hidden_test.cpp PARTS truth chance)
