# Makes the player's files into one C++ file: cmake -DPARTS="a.js;b.css" -DOUT=file.cpp -P embed.cmake.
# The scripts are modules in the source tree, so that tests can load one by one; a page gets them as one script: without
# their import lines and the word export, without lines of comment and indents.
cmake_minimum_required(VERSION 3.25)

function(pieces_of result text)
  set(out "")
  string(LENGTH "${text}" length)
  set(at 0)
  while(at LESS length)
    # A longer literal is more than compilers must accept.
    string(SUBSTRING "${text}" ${at} 12000 piece)
    string(APPEND out "    R\"player(${piece})player\",\n")
    math(EXPR at "${at} + 12000")
  endwhile()
  set(${result} "${out}" PARENT_SCOPE)
endfunction()

set(script "")
set(style "")
foreach(part IN LISTS PARTS)
  file(READ ${part} text)
  set(text "\n${text}")
  if(part MATCHES "\\.js$")
    string(REGEX REPLACE "\n[ ]*//[^\n]*" "" text "${text}")
    string(REGEX REPLACE "\nimport [^\n]*" "" text "${text}")
    string(REPLACE "\nexport " "\n" text "${text}")
  else()
    string(REGEX REPLACE "\n[ ]*/[*][^\n]*[*]/" "" text "${text}")
  endif()
  string(REGEX REPLACE "\n[ \n]+" "\n" text "${text}")
  if(part MATCHES "\\.js$")
    string(APPEND script "${text}")
  else()
    string(APPEND style "${text}")
  endif()
endforeach()

pieces_of(script_pieces "${script}")
pieces_of(style_pieces "${style}")
file(WRITE ${OUT} "// Made by sim/page/embed.cmake.
#include \"page/player_files.hpp\"

namespace gatesim::page {

const std::vector<std::string_view>& player_script_pieces() {
    static const std::vector<std::string_view> pieces = {
${script_pieces}    };
    return pieces;
}

const std::vector<std::string_view>& player_style_pieces() {
    static const std::vector<std::string_view> pieces = {
${style_pieces}    };
    return pieces;
}

}  // namespace gatesim::page
")
