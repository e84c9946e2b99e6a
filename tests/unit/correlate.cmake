gatesim_test(correlate_test correlate/lines_test.cpp correlate/mask_test.cpp correlate/layer_test.cpp correlate/statistics_test.cpp
  correlate/runs_test.cpp correlate/factor_test.cpp correlate/causes_test.cpp correlate/measure_test.cpp
  PARTS correlate measure record load scenario chance kernel LIBS rapidcheck rapidcheck_gtest)
