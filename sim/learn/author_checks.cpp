#include "learn/author_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>

namespace gatesim::learn {

namespace fs = std::filesystem;

std::string trouble_of(const CheckOutcome& outcome) {
    if (!outcome.problems.empty()) return text(outcome.problems);
    return outcome.trouble.text;
}

std::string unmet(const CheckOutcome& outcome, bool runs_only) {
    std::string out;
    if (!outcome.missing.empty()) out += "not everything is answered\n";
    for (const Finding& f : outcome.findings)
        if (f.status != Status::pass && !(runs_only && f.question))
            out += fmt::format("{}: {} ({}, {}, {})\n", f.id, status_name(f.status), f.yours, f.goal, f.distance);
    return out;
}

std::optional<Work> AuthorChecks::work(const std::string& file, std::string& trouble) const {
    std::vector<Diagnostic> problems;
    const auto anew = answers_.find(file);
    std::string path = lesson_.path(file);
    if (anew != answers_.end()) {
        std::error_code ignored;
        fs::create_directories(options_.scratch, ignored);
        path = options_.scratch + "/answers.json";
        std::ofstream(path, std::ios::binary) << anew->second;
    }
    auto out = read_work(lesson_, path, problems);
    if (out) out->folder = fs::path(lesson_.path(file)).parent_path().string();
    trouble = text(problems);
    return out;
}

CheckOptions AuthorChecks::on(const std::string& luck) {
    CheckOptions out;
    out.seed = check_seed(lesson_.name, luck);
    out.jobs = options_.jobs;
    out.overlay = options_.overlay;
    out.attempt = std::numeric_limits<int>::max();
    auto& journal = journals_[luck];  // wrong answers share most of their cases with the solution
    if (!journal) journal = std::make_shared<Journal>();
    out.journal = journal;
    out.scratch = fmt::format("{}/{}-{}", options_.scratch, lesson_.name, ++folders_);
    return out;
}

CheckOutcome AuthorChecks::timed(const Work& work, const CheckOptions& options, double& took) {
    const double begin = options_.clock ? options_.clock() : 0;
    CheckOutcome out = check_work(lesson_, work, options);
    took = options_.clock ? options_.clock() - begin : 0;
    interrupted_ = interrupted_ || out.interrupted;
    std::error_code ignored;
    fs::remove_all(options.scratch, ignored);
    return out;
}

CheckOutcome AuthorChecks::check(const Work& work, const CheckOptions& options) {
    double took = 0;
    CheckOutcome out = timed(work, options, took);
    // Only a look like a learner's counts: not the long run on unseen luck.
    if (options.looks == kLooks) dearest_ = std::max(dearest_, took);
    return out;
}

double AuthorChecks::seconds_of(const Work& work, const std::string& luck) {
    double took = 0;
    timed(work, on(luck), took);
    return took;
}

}  // namespace gatesim::learn
