// What a folder that gatesim wrote holds, as plain data: of a run, a comparison, a sweep or a calibration.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "measure/comparison.hpp"
#include "report/table.hpp"
#include "study/summary.hpp"

namespace gatesim::report {

enum class FolderKind { run, compare, sweep, calibrate };

struct PoolSize {
    std::string name;
    double nodes = 0;  ///< 0 = without limit
    bool operator==(const PoolSize&) const = default;
};

/// The tables of one replication of a run; nothing where a file is missing.
struct Tables {
    std::optional<Table> changes, queue, nodes, builds, resets, stays, attempts, node_lives;
};

/// One gate that was tried: of a run the only one.
struct ReportArm {
    std::string label;
    std::string folder;  ///< where the tables of its replay are; empty = none is wanted
    Summary summary;     ///< numbers, warnings and what they are about, as the document has them
    std::vector<std::string> relaxations;
    bool overloaded = false;
    std::vector<Difference> differences;  ///< from the baseline, by StudyFolder::named; empty for the baseline
    std::string standing;                 ///< of a cell: best, as_good, undecided, behind, undefined
    std::vector<std::string> at;          ///< of a cell: its values, by axis
    Tables tables;
};

struct ReportAxis {
    std::string pointer;
    std::vector<std::string> values;
    std::string name() const { return pointer.substr(pointer.rfind('/') + 1); }
};

struct ReportFact {
    std::string name, unit, kind, verdict, source, why;
    bool profile = false;  ///< many numbers: the miss is a distance and has no sign
    double expected = 0, tolerance = 0;
    Estimate simulated;
    std::optional<double> miss;
};

/// How an arm's settings were chosen, as texts.
struct ReportTuned {
    std::string label, chosen, usual, tried;
    std::optional<double> chosen_mean, usual_mean;
    std::size_t replications = 0;  ///< of training
};

struct StudyFolder {
    FolderKind kind = FolderKind::run;
    std::string path;
    std::string title, scenario, sha256;
    std::string asked;  ///< the question, where whoever makes the page knows a better one
    std::uint64_t seed = 1;
    std::size_t replications = 0;
    std::uint32_t shown = 1;  ///< the replication whose tables are shown
    bool partial = false;
    double matters = 0.05;
    double level_of_one = kLevel;
    std::size_t baseline = 0;
    std::vector<std::size_t> named;  ///< metrics that were asked for; the first one decides
    std::vector<ReportArm> arms;
    std::vector<ReportAxis> axes;
    std::vector<ReportFact> facts;
    std::vector<ReportTuned> tuned;       ///< empty: every arm has the settings that were asked for
    std::optional<std::size_t> tuned_by;  ///< the metric
    std::string answer, again;            ///< as the report in text says them; may be empty
    std::vector<std::string> cautions;    ///< what a reader must know before believing a number
    std::string notes;                    ///< what the scenario says of itself
    std::string resolved;                 ///< the scenario with everything it rests on, as JSON; may be empty
    std::vector<PoolSize> pools;          ///< of a run; of a comparison if all arms have the same
    std::int64_t start_unix = 0;          ///< date of second 0
    bool has_start = false;
};

/// A folder that cannot be shown: what is wrong, and the exit code for it (2: not ours, 4: cannot be read).
struct FolderProblem {
    std::string text;
    int exit_code = 0;
};

/// Reads `path`; of a run the tables of `replication`. Of a comparison what it kept of each arm (arm_folder): queues
/// and nodes, and of the arms named in `replays` all tables. Nothing if that fails, which `problem` tells.
std::optional<StudyFolder> read_folder(const std::string& path, std::uint32_t replication, FolderProblem& problem,
                                       const std::vector<std::string>& replays = {});

/// Where a comparison in `study` keeps the tables of its arm number `index`.
std::string arm_folder(const std::string& study, std::size_t index, const std::string& label);

}  // namespace gatesim::report
