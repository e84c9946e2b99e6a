// Words of GitLab.
#pragma once

#include <string>

#include "import/records.hpp"

namespace gatesim::import {

/// The 59 of refs/merge-requests/59/train; empty if it is another ref.
std::string in_train(const std::string& ref);

/// Of a job's status, and of failure_reason where it failed. What was never begun cannot have failed by itself.
RunResult gitlab_result(const std::string& status, const std::string& reason, bool started);

}  // namespace gatesim::import
