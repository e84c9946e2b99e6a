gatesim_test(report_test report/still_test.cpp report/table_test.cpp
  PARTS report picture kernel simgrid chance truth load gate strategy workers world scenario record measure study)
