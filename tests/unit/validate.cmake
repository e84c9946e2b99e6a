gatesim_test(validate_test validate/scores_test.cpp validate/record_test.cpp validate/special_test.cpp validate/landings_test.cpp
  PARTS validate import measure record load scenario chance kernel)
