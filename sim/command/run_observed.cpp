#include "command/run_observed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "load/observed_file.hpp"
#include "measure/evidence.hpp"

namespace gatesim {

namespace {

bool same(const StrategyChoice& a, const StrategyChoice& b) {
    auto x = a.values, y = b.values;
    std::sort(x.begin(), x.end());
    std::sort(y.begin(), y.end());
    return a.name == b.name && x == y;
}

std::vector<SimulatedLandings> landings_of(const StudyResult& result, std::size_t count) {
    std::vector<SimulatedLandings> out;
    for (const ReplicationRecord& r : result.replications) {
        if (out.size() < count) out.push_back(r.landings);
    }
    return out;
}

/// Takes what really happened to changes that the load has, which all land in the control (nullptr: they need not, the
/// runs are cut).
FileRows take_known(const Scenario& scenario, const std::vector<ObservedRow>& rows,
                    const std::vector<SimulatedLandings>* control, std::vector<ObservedLanding>& out) {
    std::unordered_set<std::string> known;
    if (control)
        for (const SimulatedLandings& landings : *control)
            for (const SimulatedLanding& landing : landings) known.insert(landing.change);
    FileRows file{scenario.observed_file, static_cast<double>(rows.size()), {{"unknown", 0, ""}}};
    for (const ObservedRow& row : rows) {
        if (!control || known.count(row.id())) {
            out.push_back({row.id(), row.landed, row.exact});
            continue;
        }
        LeftOut& unknown = file.left_out.front();
        if (unknown.rows++ == 0)
            unknown.text =
                fmt::format("about a change that is not in the load (or not in its period); the first is {} in line {}",
                            row.id(), row.place.line);
    }
    return file;
}

Scenario under(const Scenario& scenario, const StrategyChoice& rule) {
    Scenario out = scenario;
    for (Pipeline& pipeline : out.pipelines) {
        if (&pipeline - out.pipelines.data() == gate_of(scenario) - scenario.pipelines.data()) pipeline.strategy = rule;
    }
    return out;
}

}  // namespace

std::string compare_with_reality(
    const Scenario& scenario, const StudyOptions& options, const StudyResult& main,
    const std::function<StudyResult(const Scenario&, const StudyOptions&, const std::string&)>& run,
    std::vector<FileRows>& files, StudyProblem& problem) {
    const Pipeline* gate = gate_of(scenario);
    if (scenario.observed_file.empty() || !gate || main.replications.empty()) return "";
    EvidenceInput input;
    std::vector<ObservedRow> rows;
    LoadError error;
    const std::string file = (std::filesystem::path(scenario.folder) / scenario.observed_file).string();
    if (!read_observed_file(file, rows, error)) {
        problem = {error.text, error.kind == LoadError::Kind::unreadable ? 4 : 2, 0};
        return "";
    }
    input.length = scenario.period.length == kNever ? 0 : scenario.period.length;
    input.enqueued_from_landed = scenario.load.replay && scenario.load.replay->from == EnqueueFrom::landed;

    StudyOptions quiet = options;
    quiet.tables = KeepTables::none;
    quiet.story = false;
    quiet.landings = true;
    quiet.replications = static_cast<std::uint32_t>(main.replications.size());
    input.chance = chance_in(main.replications);
    const auto part = [&](const Scenario& variant, const StudyOptions& how, const std::string& name) {
        StudyResult result = run(variant, how, name);
        if (chance_in(result.replications) == Chance::some) input.chance = Chance::some;
        if (!result.problem.text.empty()) problem = result.problem;
        if (result.interrupted && problem.text.empty()) problem = {"interrupted", 130, 0};
        return result;
    };
    StudyOptions control = quiet;
    control.reports_as_landings = true;
    input.control = landings_of(part(without_gate(scenario), control, "control"), quiet.replications);
    files.push_back(take_known(scenario, rows, options.until == kNever ? &input.control : nullptr, input.observed));
    for (const auto& [name, rule] : scenario.observed_rules) {
        if (!problem.text.empty()) return "";
        const bool done = same(rule, gate->strategy);
        input.rules.push_back(
            {name, landings_of(done ? main : part(under(scenario, rule), quiet, name), quiet.replications)});
    }
    if (!problem.text.empty()) return "";
    return evidence_table(weigh_evidence(input));
}

}  // namespace gatesim
