# The same bytes on every machine: no long double, whose width is the machine's, and no function or distribution of Boost
# that would take one because its policy is not PlainMath (sim/chance/plain_math.hpp); no name that is a macro elsewhere.
# Run as cmake -DROOT=tree -P plain_math.cmake.
cmake_minimum_required(VERSION 3.25)

set(faults "")
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/sim/*.hpp ${ROOT}/sim/*.cpp)
list(SORT files)
foreach(file ${files})
  file(READ ${ROOT}/${file} text)
  string(REGEX REPLACE "//[^\n]*" "" text "${text}")
  string(REGEX REPLACE "\"([^\"\\\n]|\\\\.)*\"" "" text "${text}")
  string(REGEX REPLACE "[][]" " " text "${text}")  # CMake's lists do not split between brackets
  string(REGEX REPLACE "[ \t\n]+" " " text "${text}")
  if(text MATCHES "long double" OR text MATCHES "[^A-Za-z0-9_](strtold|stold)[^A-Za-z0-9_]")
    list(APPEND faults "${file} uses long double")
  endif()
  if(text MATCHES "[^A-Za-z0-9_](unix|linux)[^A-Za-z0-9_]")
    list(APPEND faults "${file} names something ${CMAKE_MATCH_1}, which is a macro of some compilers")
  endif()
  if(NOT text MATCHES "boost::math")
    continue()
  endif()
  if(text MATCHES "using namespace boost|using boost::math|namespace [a-z_]+ = boost")
    list(APPEND faults "${file} hides where boost::math is used")
  endif()
  # A statement that names a function or a distribution of it names PlainMath, too. What takes its policy from what it
  # is given (quantile, complement, cdf, pdf, mean) and what has none (tools, policies) is left out.
  string(REGEX REPLACE "boost::math::(quantile|complement|cdf|pdf|mean|tools|policies|policy)([^A-Za-z0-9_])" "\\2" text "${text}")
  string(REGEX REPLACE "[{}]" ";" statements "${text}")
  foreach(statement ${statements})
    if(NOT statement MATCHES "PlainMath" AND statement MATCHES "boost::math::([a-z0-9_]+)")
      list(APPEND faults "${file} uses boost::math::${CMAKE_MATCH_1} without PlainMath")
    endif()
  endforeach()
endforeach()

if(faults)
  list(REMOVE_DUPLICATES faults)
  list(JOIN faults "\n  " faults)
  message(FATAL_ERROR "\n  ${faults}")
endif()
