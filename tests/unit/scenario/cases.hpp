// A corpus of broken scenarios: text files of cases, each with the exact message it must give.
//
//     === name
//     --- set /pointer=value        (none, one or several)
//     the document
//     --- says                      (or: "--- says, exit 4")
//     the message
#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace gatesim::testing {

struct BrokenCase {
    std::string name;
    std::vector<std::string> sets;
    std::string document;
    std::string message;
    int exit_code = 2;
};

/// The cases of one file of tests/unit/scenario/broken/.
inline std::vector<BrokenCase> read_cases(const std::string& file) {
    std::ifstream in(SCENARIO_TESTS "/broken/" + file);
    std::vector<BrokenCase> out;
    std::string line;
    bool message = false;
    while (std::getline(in, line)) {
        if (line.rfind("=== ", 0) == 0) {
            out.push_back({line.substr(4), {}, "", "", 2});
            message = false;
        } else if (line.rfind("--- set ", 0) == 0) {
            out.back().sets.push_back(line.substr(8));
        } else if (line.rfind("--- says", 0) == 0) {
            message = true;
            if (line.find("exit 4") != std::string::npos) out.back().exit_code = 4;
            if (!out.back().document.empty()) out.back().document.pop_back();  // the last line end is the file's
        } else if (!out.empty()) {
            (message ? out.back().message : out.back().document) += line + "\n";
        }
    }
    return out;
}

}  // namespace gatesim::testing
