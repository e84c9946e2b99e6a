gatesim_test(study_test study/auditor_laws_test.cpp study/folder_lock_test.cpp study/journal_test.cpp
  PARTS kernel simgrid chance truth load gate strategy workers world scenario record measure study)
