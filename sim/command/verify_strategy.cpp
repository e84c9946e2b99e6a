#include "command/verify_strategy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "command/command.hpp"
#include "command/progress.hpp"
#include "command/scenario_input.hpp"
#include "command/terminal.hpp"
#include "strategy/exec/program.hpp"
#include "strategy/registry.hpp"
#include "study/contract_trial.hpp"
#include "study/interrupt.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kTrials = 1000;
constexpr int kMostChanges = 60;

/// Sizes go round, so that small scenarios (easy to read) and large ones both come early.
Trial trial_of(const std::string& strategy, std::uint64_t number, const Arguments& arguments) {
    const auto size = static_cast<int>(arguments.count("changes", 3 + number * 7 % (kMostChanges - 2)));
    return {strategy, number, size};
}

struct Findings {
    std::uint64_t tried = 0;
    std::uint64_t stuck = 0;  ///< trials in which something hung that no strategy could help
    std::string broken;
    std::string unavailable;
    Trial trial;
    bool interrupted = false;
};

Findings try_all(const std::string& strategy, const Arguments& arguments) {
    const bool one = arguments.has("random");
    const std::uint64_t first = one ? arguments.count("random", 1) : arguments.count("seed", 1);
    const std::uint64_t number = one ? 1 : arguments.count("trials", kTrials);
    InterruptGuard guard;
    const exec::KeepPrograms one_process_for_all;
    Progress progress(!one && !arguments.has("quiet") && !arguments.has("no-progress"), "contract of " + strategy,
                      static_cast<std::uint32_t>(number));
    Findings found;
    for (; found.tried < number && found.broken.empty(); ++found.tried) {
        found.trial = trial_of(strategy, first + found.tried, arguments);
        TrialResult result = try_contract(found.trial);
        if (InterruptGuard::count() > 0) {
            found.interrupted = true;
            break;
        }
        found.unavailable = result.unavailable;
        if (!found.unavailable.empty()) break;
        found.stuck += !result.stuck.empty();
        if (!result.broken.empty() && !one) {
            found.trial = smallest(found.trial);
            result = try_contract(found.trial);
        }
        found.broken = result.broken;
        progress.update(static_cast<std::uint32_t>(found.tried + 1), 0);
    }
    return found;
}

std::string document(const std::string& strategy, const Findings& found, double wall) {
    Json out;
    out["format"] = 1;
    out["strategy"] = strategy;
    out["passed"] = found.broken.empty() && !found.interrupted;
    out["partial"] = found.interrupted;
    out["trials"] = found.tried;
    out["stuck"] = found.stuck;
    out["broken"] = found.broken.empty() ? Json(nullptr) : Json(found.broken);
    out["replay"] = found.broken.empty() ? Json(nullptr) : Json(called_as() + " " + replay_line(found.trial));
    out["timing"] = {{"wall_s", wall}};
    return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string text(const std::string& strategy, const Findings& found, double wall) {
    if (!found.broken.empty())
        return fmt::format("{}\n{}\n\nagain: {} {}\n", styled("✗ " + strategy + " breaks the contract", Style::bad),
                           found.broken, called_as(), replay_line(found.trial));
    if (found.interrupted)  // what was not tried may well break it
        return fmt::format(
            "{} was interrupted after {} random scenario{}: partial, so nothing is said of the contract\n",
            styled("– " + strategy, Style::faint), found.tried, found.tried == 1 ? "" : "s");
    return fmt::format(
        "{}: {} random scenario{} in {:.1f} s{}\n", styled("✓ " + strategy + " keeps the contract", Style::good),
        found.tried, found.tried == 1 ? "" : "s", wall,
        found.stuck ? fmt::format("; in {} of them jobs waited for ever, which no strategy can help", found.stuck)
                    : "");
}

}  // namespace

std::vector<Option> verify_strategy_options() {
    return {{.name = "strategy",
             .kind = OptionKind::text,
             .value = "NAME",
             .help = "Instead: try this strategy (a name, or exec:PROGRAM) on random scenarios with drawn parameters, "
                     "every eighth of them extreme, and say whether it keeps the contract of the gate. --seed is the "
                     "first scenario's number."},
            {.name = "trials",
             .kind = OptionKind::count,
             .value = "N",
             .help = "With --strategy: how many random scenarios. Default: 1000.",
             .low = 1,
             .high = 100000000},
            {.name = "random",
             .kind = OptionKind::count,
             .value = "N",
             .help = "With --strategy: only the random scenario of this number."},
            {.name = "changes",
             .kind = OptionKind::count,
             .value = "N",
             .help = "With --strategy: how many changes a scenario has. Default: from 3 to 60, by its number.",
             .low = 1,
             .high = 1000}};
}

int verify_strategy(const Arguments& arguments) {
    std::string strategy = arguments.text("strategy");
    if (const std::string fault = fault_of_strategy(strategy); !fault.empty())
        return usage_error("verify", "--strategy: " + fault);
    StrategyChoice choice = choice_of(strategy);
    if (const std::string problem = problem_of(choice); !problem.empty())
        return usage_error("verify", problem + "; see: list strategies");
    if (const std::string missing = find_outside(choice, ""); !missing.empty()) {
        print_err("gatesim verify: " + missing + "\n");
        return kUnreadable;
    }
    if (choice.name != strategy && !choice.values.empty())  // with the program where it was found
        strategy = choice.name + ":" + std::get<std::string>(choice.values.front().second);
    if (!arguments.positional(0).empty())
        return usage_error("verify",
                           "--strategy tries the contract, not theory: leave " + arguments.positional(0) + " out");
    const auto begin = std::chrono::steady_clock::now();
    const Findings found = try_all(strategy, arguments);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!found.unavailable.empty()) {
        print_err("gatesim verify: " + found.unavailable + "\n");
        return kUnreadable;
    }
    if (arguments.has("json"))
        print_out(document(strategy, found, wall));
    else if (!arguments.has("quiet") || !found.broken.empty())
        print_out(text(strategy, found, wall));
    if (!found.broken.empty()) return kBroken;
    return found.interrupted ? kInterrupted : kFine;
}

}  // namespace gatesim
