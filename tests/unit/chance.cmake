gatesim_test(chance_test chance/distribution_test.cpp chance/draw_test.cpp PARTS chance)
