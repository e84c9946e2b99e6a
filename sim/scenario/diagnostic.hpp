// One thing that is wrong with a scenario, as a person wants to hear it: where, what, what would be right.
#pragma once

#include <string>
#include <vector>

namespace gatesim {

/// An error in a scenario file. `text()` prints
///
///     my.json:9:5: /jobs/unit/duraton: unknown key; did you mean "duration"?
///       a time ("9m") or a distribution; see: gatesim describe /jobs/*/duration
struct Diagnostic {
    std::string file;        ///< as the user named it; "--set" for a value from the command line
    unsigned line = 0;       ///< from 1; 0 = not known
    unsigned column = 0;     ///< from 1, in characters
    std::string pointer;     ///< JSON pointer of the value; empty = the whole document
    std::string what;        ///< one clause, without a full stop
    std::string suggestion;  ///< nearest right name; may be empty
    std::string allowed;     ///< what would be right; may be empty
    std::string see;         ///< pointer pattern for `gatesim describe`; may be empty
    int exit_code = 2;       ///< 2: the scenario is wrong; 4: something cannot be read

    std::string text() const;
};

/// All of them, one after another, each ended by a newline.
std::string text(const std::vector<Diagnostic>& diagnostics);

}  // namespace gatesim
