# cmake -DREADME=… -DSAMPLE=… -P sample.cmake: writes the C++ of README.md into a file of its own. The sample leaves pass() to its
# reader, so it gets one that does nothing.
file(READ ${README} text)
string(FIND "${text}" "\n```cpp\n" begin)
if(begin EQUAL -1)
  message(FATAL_ERROR "README.md has no block of C++")
endif()
math(EXPR begin "${begin} + 8")
string(SUBSTRING "${text}" ${begin} -1 rest)
string(FIND "${rest}" "\n```\n" end)
string(SUBSTRING "${rest}" 0 ${end} code)
string(REGEX MATCH "class ([A-Za-z]+) final" class "${code}")
file(WRITE ${SAMPLE} "${code}\nnamespace gatesim {\nnamespace {\nbool ${CMAKE_MATCH_1}::pass(Gate&, Queue&) { return false; }\n}\n}\n")
