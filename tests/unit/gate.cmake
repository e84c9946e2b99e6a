gatesim_test(shared_list_test gate/shared_list_test.cpp PARTS gate)
