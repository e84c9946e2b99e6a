gatesim_test(study_test study/auditor_laws_test.cpp study/folder_lock_test.cpp study/journal_test.cpp study/plan_test.cpp study/range_test.cpp study/shard_test.cpp
  study/sweep_test.cpp study/tuning_test.cpp study/warmup_test.cpp
  PARTS kernel simgrid chance truth load gate strategy workers world scenario record measure study)
target_compile_definitions(study_test PRIVATE GATESIM_SOURCE="${CMAKE_SOURCE_DIR}")
