gatesim_test(measure_test measure/meter_test.cpp measure/people_meter_test.cpp measure/hold_meter_test.cpp measure/life_meter_test.cpp measure/interval_test.cpp measure/mser_test.cpp
  measure/comparison_test.cpp measure/student_test.cpp measure/spending_test.cpp measure/ranks_test.cpp PARTS measure record)
gatesim_test(evidence_test measure/evidence_test.cpp PARTS measure record)
gatesim_test(fact_test measure/fact_test.cpp PARTS measure record)
