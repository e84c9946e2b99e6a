gatesim_test(infer_test infer/lognormal_test.cpp infer/durations_test.cpp infer/reruns_test.cpp infer/drift_test.cpp
  infer/graph_test.cpp infer/pools_test.cpp infer/queue_test.cpp infer/leaving_test.cpp infer/arrivals_test.cpp infer/training_test.cpp
  PARTS infer import measure record load scenario chance kernel LIBS rapidcheck rapidcheck_gtest)
