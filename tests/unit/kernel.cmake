gatesim_test(kernel_test kernel/calendar_test.cpp PARTS kernel)
