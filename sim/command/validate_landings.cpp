#include "command/validate_landings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <unordered_map>

#include "command/lesson.hpp"
#include "command/print_problem.hpp"
#include "command/progress.hpp"
#include "command/terminal.hpp"
#include "command/validate_input.hpp"
#include "load/when.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/errors.hpp"
#include "study/csv_text.hpp"
#include "study/interrupt.hpp"
#include "study/study.hpp"

namespace gatesim {

namespace {

using validate::Landing;

/// Seeds of replications lie so far apart that two of a user's own seeds have none in common.
constexpr std::uint64_t kSeedStep = 1'000'003;

/// The scenario of the record, whose load is a file that is written anew for each replication.
class Drawn {
public:
    Drawn(const Arguments& arguments, const LandingsReport& report) : arguments_(arguments), report_(report) {
        const validate::Record& record = report.record;
        for (std::uint32_t i = 0; i < record.stays.size(); ++i) index_[record.stays[i].name] = i;
    }

    bool load(const Scenario& stated, int& code);
    /// What lands when the changes are approved at these times; `stay`: how long they were in the gate, median.
    bool run(const std::vector<Time>& approved, std::uint32_t replication, std::vector<Landing>& landings, Time& stay,
             int& code);

private:
    std::string file() const { return folder_.path() + "/load.csv"; }
    bool write(const std::vector<Time>& approved) const;

    const Arguments& arguments_;
    const LandingsReport& report_;
    ScratchFolder folder_;
    std::unordered_map<std::string, std::uint32_t> index_;
    std::optional<Scenario> scenario_;
};

bool Drawn::write(const std::vector<Time>& approved) const {
    std::ofstream out(file(), std::ios::binary);
    out << "project,branch,change,enqueued\n";
    for (std::size_t i = 0; i < approved.size(); ++i) {
        const validate::Stay& stay = report_.record.stays[i];
        // "project/change~28/branch": without what stands around it
        const std::string change =
            stay.name.substr(stay.project.size() + 1, stay.name.size() - stay.project.size() - stay.branch.size() - 2);
        out << csv_row({stay.project, stay.branch, change, format_when(approved[i] + report_.record.origin)});
    }
    out.flush();
    return out.good();
}

bool Drawn::load(const Scenario& stated, int& code) {
    if (!write({})) {  // the scenario is loaded once, and wants to see its load
        code = print_problem("validate", {file() + ": cannot be written", kUnreadable, 0});
        return false;
    }
    std::vector<TypedSet> sets;
    sets.push_back({"FOLDER", fmt::format("/period={{\"start\": {}}}",
                                          document::json_string(format_when(report_.record.origin)))});
    const std::string replay = fmt::format("{{\"file\": {}}}", document::json_string(file()));
    // What becomes of the ejected stays as the scenario has it: in reality all of them landed in the end.
    sets.push_back({"FOLDER", stated.load.replay ? "/load/replay=" + replay : "/load={\"replay\": " + replay + "}"});
    for (const std::string& set : arguments_.all("set")) sets.push_back({"--set", set});
    scenario_ = load_with_sets(arguments_.text("scenario", report_.folder + "/scenario.json"), sets, code);
    return scenario_.has_value();
}

bool Drawn::run(const std::vector<Time>& approved, std::uint32_t replication, std::vector<Landing>& landings,
                Time& stay, int& code) {
    if (!write(approved)) {
        code = print_problem("validate", {file() + ": cannot be written", kUnreadable, 0});
        return false;
    }
    StudyOptions options;
    options.seed = report_.seed * kSeedStep + replication;
    options.engine = arguments_.text("engine", "heap");
    options.stays = true;
    const StudyResult result = run_study(*scenario_, options);
    StudyProblem problem = result.problem;
    if (result.interrupted && problem.text.empty()) problem = {"interrupted", kInterrupted, 0};
    if (!problem.text.empty()) {
        code = print_problem("validate", problem);
        return false;
    }
    std::vector<double> lengths;
    for (const SimulatedStay& simulated : result.replications.front().stays) {
        const auto found = index_.find(simulated.change);
        if (found == index_.end() || !simulated.landed || simulated.left == kNever) continue;
        landings.push_back({simulated.left, found->second});
        lengths.push_back(static_cast<double>(simulated.left - simulated.entered));
    }
    stay = static_cast<Time>(validate::quantile_of(lengths, 0.5));
    return true;
}

std::string again(const Arguments& arguments, const LandingsReport& report) {
    std::string out = fmt::format("{} validate {}", called_as(), shell_quoted(arguments.positional(0)));
    for (const char* name : {"scenario", "train", "test", "set"})
        for (const std::string& value : arguments.all(name)) out += fmt::format(" --{} {}", name, shell_quoted(value));
    return out + fmt::format(" --seed {} --replications {}", report.seed, report.replications);
}

LandingsReport::Part part_of(const LandingsReport& report, const validate::Spans& span,
                             const std::vector<std::vector<Landing>>& model,
                             const std::vector<std::vector<Landing>>& hours,
                             const std::vector<std::vector<Landing>>& free) {
    return {score_landings(report.record, model, span), score_landings(report.record, hours, span),
            score_landings(report.record, free, span)};
}

}  // namespace

int validate_landings(const Arguments& arguments, const Scenario& stated, LandingsReport report) {
    for (const char* option : {"strategies", "variant", "picture", "report"})
        if (arguments.has(option))
            return usage_error("validate",
                               fmt::format("--{} needs a record of when changes came into the queue; this one "
                                           "has their uploads and landings",
                                           option));
    int code = kFine;
    const validate::Record& record = report.record;
    const auto unhindered = fit_approvals(record, report.train, 0);
    report.waits = unhindered.waits.size();
    if (report.waits == 0)
        return usage_error("validate",
                           "--train: no landing of that time is known to the instant, so there is nothing to "
                           "learn how long changes wait for their approval");
    Drawn drawn(arguments, report);
    if (!drawn.load(stated, code)) return code;
    InterruptGuard guard;
    std::vector<Landing> first;
    if (!drawn.run(draw_approvals(unhindered, record, Luck(report.seed, 0)), 0, first, report.gate, code)) return code;
    const auto approvals = fit_approvals(record, report.train, report.gate);
    Progress progress(!arguments.has("quiet") && !arguments.has("no-progress"), report.scenario,
                      static_cast<std::uint32_t>(report.replications));
    std::vector<std::vector<Landing>> model(report.replications), hours, free;
    for (std::uint32_t r = 1; r <= report.replications; ++r) {
        const Luck luck(report.seed, r);
        Time ignored = 0;
        if (!drawn.run(draw_approvals(approvals, record, luck), r, model[r - 1], ignored, code)) return code;
        hours.push_back(hours_again(record, report.train, luck));
        free.push_back(no_gate(record, unhindered, luck));
        progress.update(r, 0);
    }
    report.in_train = part_of(report, report.train, model, hours, free);
    report.in_test = part_of(report, report.test, model, hours, free);
    report.verdict = judge_landings(report.in_test.model, report.in_test.hours, report.in_test.free);
    report.again = again(arguments, report);
    if (arguments.has("json"))
        print_out(landings_json(report));
    else if (!arguments.has("quiet"))
        print_out(landings_text(report));
    return report.verdict == validate::Verdict::no_better ? kMissed : kFine;
}

}  // namespace gatesim
