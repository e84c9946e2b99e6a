#include "import/gitlab_words.hpp"

#include <set>

namespace gatesim::import {

namespace {

RunResult failed_for(const std::string& reason, bool started) {
    static const std::set<std::string, std::less<>> kMachine{
        "runner_system_failure",      "runner_unsupported", "scheduler_failure",   "stale_schedule",
        "data_integrity_failure",     "api_failure",        "image_pull_failure",  "no_matching_runner",
        "ci_quota_exceeded",          "archived_failure",   "unmet_prerequisites", "job_router_failure",
        "runner_provisioning_timeout"};
    if (kMachine.contains(reason)) return RunResult::no_result;
    if (reason == "job_execution_timeout") return RunResult::timeout;
    if (reason == "stuck_or_timeout_failure") return started ? RunResult::timeout : RunResult::no_result;
    return RunResult::failure;
}

}  // namespace

std::string in_train(const std::string& ref) {
    constexpr std::string_view kFront = "refs/merge-requests/", kBack = "/train";
    if (!ref.starts_with(kFront) || !ref.ends_with(kBack) || ref.size() <= kFront.size() + kBack.size()) return "";
    return ref.substr(kFront.size(), ref.size() - kFront.size() - kBack.size());
}

RunResult gitlab_result(const std::string& status, const std::string& reason, bool started) {
    if (status == "success") return RunResult::success;
    if (status == "failed") return failed_for(reason, started);
    if (status == "canceled") return RunResult::cancelled;
    if (status == "skipped") return RunResult::skipped;
    return RunResult::unfinished;  // created, pending, running, manual …
}

}  // namespace gatesim::import
