#include "command/new_questions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "command/new_jobs.hpp"
#include "command/scenario_input.hpp"
#include "measure/metric.hpp"
#include "model/shell_quoted.hpp"
#include "scenario/errors.hpp"
#include "scenario/hours_text.hpp"
#include "scenario/load_scenario.hpp"
#include "scenario/meant.hpp"
#include "scenario/units.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;
using document::quote;

enum Asked : std::size_t { kChanges, kHours, kJobs, kFlakes, kRunners, kPrice, kGate, kPromise };

constexpr const char* kDefects = "5%";  ///< of all changes; nobody is asked, for few know it
constexpr const char* kLength = "28d";
constexpr int kMostRunners = 100000;

/// Reads answers one after the other; the first problem stays.
class Maker {
public:
    Maker(const std::string& name, const Answers& answers) : name_(name), answers_(answers) {
        made_.became.resize(questions().size());
    }

    NewScenario make();

private:
    void fail(std::size_t at, const std::string& what) {
        if (!made_.problem.empty()) return;
        made_.problem = what;
        made_.at = at;
    }
    const std::string& answer(std::size_t at) const { return answers_[at]; }

    void changes();
    void hours();
    void jobs();
    void runners();
    void price();
    void gate();
    void promise();
    void check();

    const std::string& name_;
    const Answers& answers_;
    NewScenario made_;
    Json document_ = Json::object();
};

bool is_number(const std::string& text, double& value) {
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    return !text.empty() && read.ec == std::errc{} && read.ptr == end;
}

void Maker::changes() {
    double number = 0;
    const std::string rate = is_number(answer(kChanges), number) ? answer(kChanges) + "/day" : answer(kChanges);
    const auto reading = units::read_rate(rate);
    if (!reading.value || !(*reading.value > 0))
        return fail(kChanges, fmt::format("{} is no number of changes{}", quote(answer(kChanges)),
                                          reading.value ? ": there must be some" : ""));
    document_["load"]["arrivals"]["rate"] = rate;
    document_["load"]["after_ejection"] = {
        {"retry", "90%"}, {"after", {{"dist", "lognormal"}, {"p50", "2h"}, {"p95", "1d"}}}, {"max", 1}};
    made_.became[kChanges] = {"load.arrivals.rate " + rate,
                              "Changes come at random, independently of each other (a Poisson stream). Of those that "
                              "are ejected 90 % come back once, half of them within two hours, and as they were: a "
                              "broken one fails again (load.after_ejection)."};
}

void Maker::hours() {
    document_["load"]["arrivals"]["hours"] = answer(kHours);
    made_.became[kHours] = {"load.arrivals.hours " + answer(kHours),
                            "All hours are alike, and so are all days on which changes come."};
    if (answer(kHours) == "always") return;
    const auto reading = units::read_hours(answer(kHours));
    if (!reading.value) fail(kHours, fmt::format("{}: {}", quote(answer(kHours)), reading.problem));
}

void Maker::jobs() {
    std::string problem;
    const auto flake = units::read_share(answer(kFlakes)).value;
    if (!flake || *flake > 1) return fail(kFlakes, fmt::format("{} is no share", quote(answer(kFlakes))));
    const auto jobs = read_jobs(answer(kJobs), answer(kFlakes), problem);
    if (!jobs) return fail(kJobs, problem);
    std::string durations, flakes;
    for (const NewJob& job : *jobs) {
        document_["jobs"][job.name] = {
            {"duration", {{"dist", "lognormal"}, {"median", job.duration}, {"sigma", kSpread}}}, {"flake", job.flake}};
        durations += fmt::format("{}{} {}", durations.empty() ? "" : ", ", job.name, job.duration);
        flakes += fmt::format("{}{} {}", flakes.empty() ? "" : ", ", job.name, job.flake);
    }
    made_.became[kJobs] = {
        "jobs.NAME.duration, medians: " + durations,
        fmt::format("Every change runs all of them, side by side, each on a runner of its own. Half of the runs take "
                    "longer than the answer says: log-normal with sigma {}, so one in twenty takes 1.5 times as long.",
                    kSpread)};
    made_.became[kFlakes] = {"jobs.NAME.flake: " + flakes,
                             "A run that flakes is red and says nothing of its change. Whether runs "
                             "flake does not depend on each other."};
}

void Maker::runners() {
    int count = 0;
    const std::string& text = answer(kRunners);
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, count);
    const bool number = read.ec == std::errc{} && read.ptr == end;
    if (text == "unlimited") {
        document_["pools"]["default"] = Json::object();
        made_.became[kRunners] = {"pools.default without nodes", "There is always a free runner, ready at once."};
        return;
    }
    if (!number || count < 1 || count > kMostRunners)
        return fail(kRunners, fmt::format("{} is no number of runners (1 to {})", quote(text), kMostRunners));
    document_["pools"]["default"]["nodes"] = count;
    made_.became[kRunners] = {fmt::format("pools.default.nodes {}", count),
                              "Runners are always there, and ready at once; no other work runs on them."};
}

void Maker::price() {
    double number = 0;
    if (answer(kPrice) == "none") {
        made_.became[kPrice] = {"no price", "Costs are not counted."};
        return;
    }
    const std::string price = is_number(answer(kPrice), number) ? answer(kPrice) + " USD/h" : answer(kPrice);
    if (const auto reading = units::read_price(price); !reading.value)
        return fail(kPrice, fmt::format("{} is no price: {}", quote(answer(kPrice)), reading.problem));
    document_["pools"]["default"]["price"] = price;
    made_.became[kPrice] = {"pools.default.price " + price, "A runner costs while it is at work, not while it idles."};
}

void Maker::gate() {
    if (const std::string fault = fault_of_strategy(answer(kGate)); !fault.empty()) return fail(kGate, fault);
    document_["strategy"] = answer(kGate);
    made_.became[kGate] = {
        "strategy " + answer(kGate),
        "The gate has its default settings; compare --tune finds out whether others would be better."};
}

void Maker::promise() {
    if (answer(kPromise) == "none") {
        made_.became[kPromise] = {"no expect", ""};
        return;
    }
    const bool time = units::read_time(answer(kPromise)).value.has_value();
    const std::string promise = time ? "landing_time_s.p95 <= " + answer(kPromise) : answer(kPromise);
    document_["expect"] = Json::array({promise});
    made_.became[kPromise] = {
        "expect " + promise,
        time ? "The promise: nineteen of twenty changes land within that time of asking to land." : ""};
}

/// By the loader, which knows more than the readers above. What it finds is about the answer whose key it names.
void Maker::check() {
    if (!made_.problem.empty()) return;
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.metric_names = metric_names();
    const Loaded loaded = load_scenario_text(made_.document, name_ + ".json", ".", options);
    if (loaded.scenario) return;
    const Diagnostic& first = loaded.diagnostics.front();
    static const std::vector<std::pair<std::string, std::size_t>> kWhose = {{"/load/arrivals/hours", kHours},
                                                                            {"/load", kChanges},
                                                                            {"/jobs", kJobs},
                                                                            {"/pools/default/price", kPrice},
                                                                            {"/pools", kRunners},
                                                                            {"/strategy", kGate},
                                                                            {"/expect", kPromise}};
    const auto whose = std::find_if(kWhose.begin(), kWhose.end(),
                                    [&](const auto& one) { return first.pointer.starts_with(one.first); });
    fail(whose == kWhose.end() ? kChanges : whose->second,
         first.what + (first.suggestion.empty() ? first.allowed.empty() ? "" : ": it is " + first.allowed
                                                : document::did_you_mean(first.suggestion)));
}

NewScenario Maker::make() {
    document_["format"] = 1;
    document_["title"] =
        fmt::format("{}: {} changes, {} runners, {}", name_, answer(kChanges), answer(kRunners), answer(kGate));
    document_["notes"] = "Made by gatesim new; notes.md has every answer, and what was assumed.";
    document_["period"] = {{"kind", "terminating"}, {"length", kLength}};
    changes();
    hours();
    document_["strategy"] = "";  // keeps its place
    jobs();
    runners();
    price();
    document_["failures"]["defect"] = kDefects;
    gate();
    promise();
    made_.document = document_.dump(4, ' ', false, Json::error_handler_t::replace) + "\n";
    check();
    return std::move(made_);
}

}  // namespace

const std::vector<Question>& questions() {
    static const std::vector<Question> all = {
        {"changes", "N", "How many changes come on a day?", "a number (40), or a rate: 40/weekday, 200/week, 5/h",
         "40"},
        {"hours", "HOURS", "When do they come?",
         "days and hours: \"Mo-Fr 9-17\", \"Mo-Fr 9-17 Europe/Berlin\", \"Mo-Th 9-12,13-17\"; or always", "Mo-Fr 9-17"},
        {"jobs", "JOBS", "Which jobs run for each change, and how long do they take?",
         "NAME TIME, with commas between them: \"build 12m, test 30m\". \"test 30m flake 2%\" says its flakes, too",
         "build 12m, test 30m"},
        {"flakes", "SHARE", "How often does a job fail for no reason?", "a share of its runs: 1%, 0.5%", "1%"},
        {"runners", "N", "How many runners are there?", "a number (10), or unlimited", "10"},
        {"price", "PRICE", "What does a runner cost?", "USD an hour (0.50), a price (\"3 USD/day\"), or none", "0.50"},
        {"gate", "NAME", "Which gate is it?", "a strategy: github, zuul, bors-ng, serial … (gatesim list strategies)",
         "github"},
        {"promise", "PROMISE", "What do you promise?",
         "how soon nineteen of twenty changes land (2h), another metric (\"landed_per_day >= 30\"), or none", "2h"},
    };
    return all;
}

NewScenario make_scenario(const std::string& name, const Answers& answers) {
    return Maker(name, answers).make();
}

std::string notes_of(const std::string& name, const Answers& answers, const std::vector<std::string>& from,
                     const NewScenario& made) {
    std::string out = fmt::format(
        "# {}\n\nMade by `gatesim new`. Change what is not so in scenario.json; `gatesim "
        "describe /load/arrivals` explains a key.\n\n| question | answer | from | became |\n"
        "| --- | --- | --- | --- |\n",
        name);
    for (std::size_t q = 0; q < questions().size(); ++q)
        out += fmt::format("| {} | {} | {} | {} |\n", questions()[q].ask, answers[q], from[q], made.became[q].what);
    out += "\n## Assumed\n\nNobody was asked about these. Each may be wrong.\n\n";
    for (const Became& one : made.became)
        if (!one.assumed.empty()) out += fmt::format("* {}\n", one.assumed);
    out += fmt::format(
        "* {} of the changes are broken (failures.defect): a job fails wherever such a change is in. Two changes never "
        "break only together (failures.overlap, failures.semantic_conflict).\n"
        "* One project, one branch, one queue; nobody pushes past it.\n"
        "* A run begins on Monday at 0:00, with an empty queue, and takes four weeks (period). It ends when the last "
        "change has landed or left.\n",
        kDefects);
    return out;
}

std::vector<std::pair<std::string, std::string>> next_commands(const std::string& path, const Answers& answers) {
    const std::string scenario = shell_quoted(path);
    std::string gates = answers[kGate];
    for (const char* name : {"zuul", "github", "batch"})
        if (answers[kGate] != name) gates += fmt::format(",{}", name);
    const int runners = answers[kRunners] == "unlimited" ? 20 : std::atoi(answers[kRunners].c_str());
    return {{fmt::format("run {}", scenario), "is the promise kept?"},
            {fmt::format("compare {} --strategies {} --tune", scenario, shell_quoted(gates)),
             "would another gate do better?"},
            {fmt::format("plan {} --over /pools/default/nodes={}..{}", scenario, std::max(1, runners / 2), runners * 2),
             "how many runners are enough?"}};
}

}  // namespace gatesim
