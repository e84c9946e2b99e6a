gatesim_test(import_test import/tables_test.cpp import/exports_test.cpp import/github_test.cpp import/privacy_test.cpp PARTS import load scenario chance kernel)
target_compile_definitions(import_test PRIVATE GATESIM_SOURCE="${CMAKE_SOURCE_DIR}")

gatesim_test(import_forges_test import/forges_test.cpp import/samples_test.cpp import/gerrit_words_test.cpp PARTS import load scenario chance kernel)
target_compile_definitions(import_forges_test PRIVATE GATESIM_SOURCE="${CMAKE_SOURCE_DIR}")
