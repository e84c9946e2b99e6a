// What the report says of a tuning.
#include <fmt/format.h>

#include <algorithm>

#include "command/tune.hpp"
#include "measure/unit_text.hpp"
#include "record/narrator.hpp"
#include "record/words.hpp"
#include "scenario/parameter_text.hpp"

namespace gatesim {

namespace {

constexpr std::size_t kWidth = 80;

/// "window = 40, window_floor = 20".
std::string setting_text(const TunedArm& arm, const ParameterValues& values) {
    std::string out;
    for (std::size_t p = 0; p < values.size(); ++p)
        out += fmt::format("{}{} = {}", p > 0 ? ", " : "", values[p].first, value_text(arm.main[p], values[p].second));
    return out;
}

/// "window 5, 10 and 20; batch 1 and 4".
std::string tried_text(const TunedArm& arm) {
    std::string out;
    for (const Parameter& parameter : arm.main) {
        std::vector<std::string> values;
        for (const ParameterValue& value : parameter.tries) values.push_back(value_text(parameter, value));
        out += fmt::format("{}{} {}", out.empty() ? "" : "; ", parameter.name, list_text(values));
    }
    return out;
}

std::string mean_text(const TuneScore& score, const PrintUnit& unit) {
    if (!score.mean) return "nothing that can be measured";
    std::string out = text(*score.mean, unit);
    if (score.defined < score.runs) out += fmt::format(" (in {} of {} replications)", score.defined, score.runs);
    return out;
}

std::string sentence(const TunedArm& arm, const PrintUnit& unit) {
    if (arm.main.empty()) return arm.label + ": there is nothing to choose.";
    const TuneScore& chosen = arm.scores[arm.chosen];
    const TuneScore& usual = arm.scores.front();
    std::string out = arm.chosen == 0 ? fmt::format("{}: the defaults ({}), with {}", arm.label,
                                                    setting_text(arm, usual.values), mean_text(usual, unit))
                                      : fmt::format("{}: {}, with {}; the defaults ({}) gave {}", arm.label,
                                                    setting_text(arm, chosen.values), mean_text(chosen, unit),
                                                    setting_text(arm, usual.values), mean_text(usual, unit));
    return out + fmt::format(". {} training replications; tried: {}.", chosen.runs, tried_text(arm));
}

}  // namespace

std::string tuning_text(const Tuning& tuning, const std::vector<Arm>& arms) {
    std::vector<double> sizes;
    for (const TunedArm& arm : tuning.arms) {
        if (arm.main.empty()) continue;
        for (const std::size_t setting : {std::size_t{0}, arm.chosen})
            if (const auto& mean = arm.scores[setting].mean) sizes.push_back(*mean);
    }
    const Metric& metric = metrics()[tuning.metric];
    const PrintUnit unit = print_unit(metric.unit, sizes);
    std::string out =
        "\n" +
        wrap(fmt::format("Settings, chosen by {} on training replications, whose luck is not judged", spoken(metric)),
             kWidth, 2) +
        "\n";
    for (const TunedArm& arm : tuning.arms) out += wrap("  " + sentence(arm, unit), kWidth, 4) + "\n";
    for (const Arm& arm : arms) {
        const auto same = [&](const TunedArm& one) { return one.label == arm.label; };
        if (std::none_of(tuning.arms.begin(), tuning.arms.end(), same))
            out +=
                wrap(fmt::format("  {}: as it is, since --strategies does not name it.", arm.label), kWidth, 4) + "\n";
    }
    return out;
}

}  // namespace gatesim
