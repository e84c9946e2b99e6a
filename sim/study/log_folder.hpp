// The folder that `run --logs` leaves behind: it is there whole, or as it was.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "study/aside.hpp"

namespace gatesim {

class LogFolder {
public:
    /// Looks whether `path` may be written into (why_not_into, `inputs` being the files the run reads): it is new,
    /// empty, or one that an earlier run with --logs wrote. A run directory is not, since both have a builds.csv. See
    /// problem().
    LogFolder(std::string path, const std::vector<std::string>& inputs);

    /// Where the logs are to be written.
    const std::string& scratch() const { return aside_->path(); }
    /// What went wrong so far; empty = nothing.
    const std::string& problem() const { return problem_; }

    /// Everything gets its name; logs of an earlier run that are still as it wrote them go. Empty, or what went wrong.
    std::string finish();

private:
    std::string path_, problem_;
    std::unique_ptr<Aside> aside_;
};

}  // namespace gatesim
