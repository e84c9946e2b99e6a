gatesim_test(validate_test validate/scores_test.cpp validate/record_test.cpp validate/landings_test.cpp PARTS validate measure record import load scenario chance kernel)
