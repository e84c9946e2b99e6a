// What a learner's program writes to its standard error while a check runs.
#pragma once

#include <cstdio>
#include <string>

namespace gatesim {

/// From now on programs that are started write their standard error into a file; our own messages go where they always
/// go. Many runs of one program fail in the same way at the same time, and a screen that is drawn anew wipes out what
/// came before: so it is collected, and told once.
class Said {
public:
    explicit Said(const std::string& folder);
    ~Said();
    Said(const Said&) = delete;
    Said& operator=(const Said&) = delete;

    /// Its last lines, each once.
    std::string text() const;

private:
    std::string path_;
    std::FILE* before_ = nullptr;
    std::FILE* ours_ = nullptr;
};

}  // namespace gatesim
