// Rules that nobody can look up (research: rules, section 7); see also gate/no_such_file.hpp.
//
// Somebody's own machine: /home/somebody/notes.txt.
#pragma once
