gatesim_test(kernel_test kernel/calendar_test.cpp kernel/process_test.cpp kernel/zones_test.cpp PARTS kernel)
gatesim_test(simgrid_test kernel/simgrid_test.cpp PARTS kernel simgrid)
# The processors by themselves: the rest of workers/ is not needed.
gatesim_test(processor_test workers/processor_test.cpp
  ${CMAKE_SOURCE_DIR}/sim/workers/processor_none.cpp ${CMAKE_SOURCE_DIR}/sim/workers/processor_ps.cpp
  PARTS kernel simgrid)
