gatesim_test(kernel_test kernel/calendar_test.cpp kernel/process_test.cpp PARTS kernel)
