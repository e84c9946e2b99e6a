gatesim_test(import_test import/tables_test.cpp PARTS import load scenario chance kernel)
