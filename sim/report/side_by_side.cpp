// Several runs as one folder, with the differences that their common luck allows.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "report/report.hpp"

namespace gatesim::report {

namespace {

/// A folder that stands for the same place as one before it; nothing if all are different ones.
const StudyFolder* named_twice(const std::vector<StudyFolder>& folders) {
    std::error_code error;
    for (std::size_t i = 0; i < folders.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (folders[i].path == folders[j].path ||
                std::filesystem::equivalent(folders[i].path, folders[j].path, error))
                return &folders[i];
    return nullptr;
}

/// Differences of every arm from the first one, seed by seed, as a comparison has them. Only where all have the same
/// seed: then replication N of each met the same luck.
void add_paired_differences(const std::vector<StudyFolder>& folders, StudyFolder& out) {
    const bool same_luck =
        std::all_of(folders.begin(), folders.end(), [&](const StudyFolder& f) { return f.seed == out.seed; });
    if (!same_luck) return;
    for (const char* name : {"landing_time_s.p95", "landing_time_s.p50", "landed_per_day", "builds_per_landed",
                             "innocent_ejections", "escaped_defects"}) {
        const std::size_t m = *find_metric(name);
        if (std::any_of(out.arms.begin(), out.arms.end(),
                        [&](const ReportArm& arm) { return !arm.summary.values[m].empty(); }))
            out.named.push_back(m);
    }
    out.level_of_one = simultaneous_level(kLevel, (out.arms.size() - 1) * out.named.size(), 1);
    const Summary& base = out.arms.front().summary;
    for (std::size_t a = 1; a < out.arms.size(); ++a)
        for (const std::size_t m : out.named)
            out.arms[a].differences.push_back(
                difference(metrics()[m], out.arms[a].summary.values[m], base.values[m], out.level_of_one, out.matters));
}

}  // namespace

std::optional<StudyFolder> side_by_side(std::vector<StudyFolder> folders, std::string& problem) {
    StudyFolder out = folders.front();
    for (const StudyFolder& f : folders) {
        if (f.kind != FolderKind::run)
            problem = f.path +
                      ": only runs can be shown side by side, and this is the folder of a study, which has its arms in "
                      "one page";
        else if (f.scenario != out.scenario)
            problem = fmt::format("{}: is of the scenario {}, and {} of {}; side by side are runs of one scenario",
                                  f.path, f.scenario, out.path, out.scenario);
        if (!problem.empty()) return std::nullopt;
    }
    if (const StudyFolder* twice = named_twice(folders)) {
        problem = fmt::format(
            "{}: is named twice; beside itself a run shows no difference. Name another folder, or only "
            "this one",
            twice->path);
        return std::nullopt;
    }
    const auto same = [&](const StudyFolder& f) {
        return std::count_if(folders.begin(), folders.end(), [&](const StudyFolder& other) {
                   return other.arms.front().label == f.arms.front().label;
               }) > 1;
    };
    std::vector<std::string> names;
    for (const StudyFolder& f : folders)
        names.push_back(same(f) ? std::filesystem::path(f.path).filename().string() : f.arms.front().label);
    out.arms.clear();
    out.cautions.clear();
    for (std::size_t i = 0; i < folders.size(); ++i) {
        StudyFolder& f = folders[i];
        f.arms.front().label = names[i].empty() ? f.path : names[i];
        for (const std::string& caution : f.cautions) out.cautions.push_back(f.arms.front().label + ": " + caution);
        if (f.seed != out.seed)
            out.cautions.push_back(fmt::format("{} has seed {} and {} seed {}: they did not meet the same luck.",
                                               f.arms.front().label, f.seed, folders.front().arms.front().label,
                                               out.seed));
        if (i > 0 && !f.again.empty()) out.again += "\n" + f.again;
        out.partial |= f.partial;
        out.replications = std::min(out.replications, f.replications);
        out.arms.push_back(std::move(f.arms.front()));
    }
    add_paired_differences(folders, out);
    return out;
}

}  // namespace gatesim::report
