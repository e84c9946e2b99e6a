gatesim_test(import_test import/tables_test.cpp PARTS import load scenario chance kernel)

gatesim_test(import_forges_test import/forges_test.cpp PARTS import load scenario chance kernel)
target_compile_definitions(import_forges_test PRIVATE GATESIM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
