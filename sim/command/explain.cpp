// explain: everything that happened to one change, and why, from a run directory or a scenario.

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/explain_subject.hpp"
#include "command/scenario_input.hpp"
#include "command/size_check.hpp"
#include "command/terminal.hpp"
#include "measure/meter.hpp"
#include "record/narrator.hpp"
#include "record/race_story.hpp"
#include "record/words.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "study/summary.hpp"

namespace gatesim {

namespace {

/// The name in the cast that the user means: the whole name, or a part of it between slashes if only one change has
/// that.
std::vector<std::string> meant(const Cast& cast, const std::string& typed) {
    std::vector<std::string> parts;
    for (const Change& change : cast.changes) {
        if (change.name == typed) return {typed};
        if (("/" + change.name + "/").find("/" + typed + "/") != std::string::npos) parts.push_back(change.name);
    }
    return parts;
}

/// Runs the replication once with a narrator for `about`; fills `cast`. Returns an exit code.
int simulate(const ExplainSubject& subject, Cast& cast, LedgerListener& narrator, Meter& meter) {
    Ledger ledger(cast);
    ledger.add(meter);
    ledger.add(narrator);
    const ReplicationResult result = run_replication(subject.scenario, subject.options, cast, {&ledger});
    if (!result.unreadable.empty()) return explain_failed(result.unreadable, kUsage);
    if (!result.broken.empty()) return explain_failed(result.broken, kBroken);
    if (!result.unavailable.empty()) return explain_failed(result.unavailable, kUnreadable);
    return kFine;
}

bool agrees(const ExplainSubject& subject, Meter& meter) {
    return subject.recorded.empty() || meter.values() == subject.recorded;
}

int unknown_change(const Cast& cast, const std::string& typed, const std::vector<std::string>& candidates) {
    if (candidates.size() > 1) {
        return explain_failed(fmt::format("{} could be {}", document::quote(typed), document::listing(candidates)),
                              kUsage);
    }
    std::vector<std::string> names;
    for (const Change& change : cast.changes) names.push_back(change.name);
    const std::string near = document::nearest(typed, names);
    const std::string hint =
        near.empty() && !names.empty() ? "; there are " + document::listing(names) : document::did_you_mean(near);
    return explain_failed("no change " + document::quote(typed) + hint, kUsage);
}

/// What was told, and of what.
struct Told {
    const char* kind;  ///< "change" or "race"
    std::string about;
    const std::vector<StoryLine>& lines;
    std::string verdict;
};

/// The same as data: one object an event line, times in seconds from the start.
std::string document(const Told& told, const ExplainSubject& subject) {
    nlohmann::ordered_json out;
    out["format"] = 1;
    out["version"] = version();
    out[told.kind] = told.about;
    out["scenario"] = subject.scenario.name;
    out["scenario_sha256"] = subject.scenario.sha256;
    out["seed"] = subject.options.seed;
    out["replication"] = subject.options.replication;
    out["source"] = subject.source;
    out["story"] = nlohmann::ordered_json::array();
    for (const StoryLine& line : told.lines) out["story"].push_back({{"at_s", seconds(line.at)}, {"text", line.text}});
    out["verdict"] = told.verdict;
    return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void print_told(const Told& told, const ExplainSubject& subject, bool as_data) {
    if (as_data) return print_out(document(told, subject));
    print_out(styled(told.about, Style::strong) + fmt::format("  (replication {}, seed {}, {})\n\n",
                                                              subject.options.replication, subject.options.seed,
                                                              subject.source));
    print_out(story_text(told.lines, subject.scenario.period));
    print_out("\n" + wrap(told.verdict, 80, 2) + "\n");
}

/// Whether a race of that name was there.
bool is_race(const Cast& cast, const std::string& typed) {
    const auto named = [&](const Race& race) { return race.name == typed; };
    const auto& listed = cast.scenario->failures.races.listed;
    return std::any_of(listed.begin(), listed.end(), named) ||
           std::any_of(cast.races_born.begin(), cast.races_born.end(), named);
}

int run_explain(const Arguments& arguments) {
    int code = kFine;
    auto subject = find_explain_subject(arguments, code);
    if (!subject) return code;
    subject->options.engine = arguments.text("engine", "heap");

    // Who is meant is known for sure only when everybody has arrived: one run for the cast, one for the story.
    // SimGrid's engine runs once a process; the heap knows the same cast, unless a pool computes with SimGrid.
    std::string about = arguments.positional(0);
    Cast cast;
    cast.scenario = &subject->scenario;
    {
        Narrator nobody(cast, about, 0);
        Meter meter(subject->scenario);
        ExplainSubject first = *subject;
        first.options.engine = "heap";
        for (Pool& pool : first.scenario.pools)
            if (pool.compute == Compute::simgrid) pool.compute = Compute::ps;
        if (code = simulate(first, cast, nobody, meter); code != kFine) return code;
    }
    const std::vector<std::string> names = meant(cast, about);
    const bool race = names.empty() && is_race(cast, about);
    if (!race && names.size() != 1) return unknown_change(cast, about, names);
    Cast again;
    again.scenario = &subject->scenario;
    if (!race) about = names.front();
    Narrator narrator(again, about, 100000);
    RaceStory life(again, about);
    Meter meter(subject->scenario, subject->warmup);
    LedgerListener& teller = race ? static_cast<LedgerListener&>(life) : narrator;
    if (code = simulate(*subject, again, teller, meter); code != kFine) return code;
    if (!agrees(*subject, meter)) {
        return explain_failed(
            subject->source + ": repeating that run gives other numbers; was it made by another version?", kUnreadable);
    }
    if (race)
        print_told({"race", about, life.lines(), life.verdict()}, *subject, arguments.has("json"));
    else
        print_told({"change", about, narrator.lines(), narrator.verdict(meter.standings())}, *subject,
                   arguments.has("json"));
    return kFine;
}

const bool kRegistered = register_command(
    {.name = "explain",
     .summary = "Tell everything that happened to one change, or the life of one race",
     .help = "Repeats a replication and tells the change's part of it: what it was tested on, what reset it and which "
             "change caused that, why it landed or was ejected, and whose fault it really was. Of a race of the branch "
             "it tells how it came in, whom it hit, who found out and how it ended. Without a scenario it "
             "reads the run directory below out/ that was written last and checks that the repetition gives the same "
             "numbers.",
     .examples = {"explain api-105 scenarios/quickstart",
                  "explain I2b70ae3 --run out/bootcamp-2013-zuul-1 --replication 3", "explain race-7"},
     .positionals = {{"CHANGE", "its name, or a part of it between slashes; or the name of a race", true},
                     {"SCENARIO", "a scenario to run instead of a run directory to read", false}},
     .options = {{.name = "run",
                  .kind = OptionKind::text,
                  .value = "DIR",
                  .help = "A run directory. Default: the latest below out/."},
                 {.name = "json", .kind = OptionKind::flag, .help = "Print one JSON document instead of the story."},
                 {.name = "replication",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "Which one. Default: 1.",
                  .low = 1,
                  .high = 1000000},
                 {.name = "seed",
                  .kind = OptionKind::count,
                  .value = "N",
                  .help = "With a scenario: fixes all luck. Default: 1."},
                 set_option(),
                 strategy_option(),
                 {.name = "until",
                  .kind = OptionKind::time,
                  .value = "TIME",
                  .help = "With a scenario: end at that simulated time."},
                 force_option(),
                 engine_option("heap")},
     .run = run_explain});

}  // namespace

}  // namespace gatesim
