gatesim_test(validate_test validate/scores_test.cpp validate/record_test.cpp PARTS validate import load scenario chance kernel)
