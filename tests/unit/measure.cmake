gatesim_test(evidence_test measure/evidence_test.cpp PARTS measure record)
