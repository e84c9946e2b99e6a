gatesim_test(record_test record/ledger_test.cpp record/people_story_test.cpp record/tables_test.cpp record/words_test.cpp model/list_cell_test.cpp PARTS record)
