gatesim_test(report_test report/still_test.cpp report/table_test.cpp
  PARTS report picture study world measure record scenario load truth gate strategy workers chance kernel simgrid)
