#include "logs/planted.hpp"

#include <algorithm>

#include "logs/sentences.hpp"
#include "record/words.hpp"

namespace gatesim::logs {

namespace {

/// Of those who wrote what is wrong: the change itself, one ahead of it, or two that do not go together.
bool is_an_authors(Cause cause) {
    return is_own_fault(cause) || cause == Cause::defect_ahead || cause == Cause::defect_on_branch ||
           cause == Cause::clash_ahead;
}

}  // namespace

Planted::Planted(const Style& style, const Scenario& scenario, Luck luck, std::uint64_t key)
    : style_(style), scenario_(scenario), troubles_(scenario, luck), key_(key) {}

/// The name of a race, a trouble or a job's own flakes; else the kind of cause.
std::string Planted::named(const LiveBuild& build, const LiveAttempt& attempt) {
    if (build.cause == Cause::infrastructure) {
        const auto trouble = troubles_.hits(build.ended, {build.pool, build.job, attempt.change, attempt.patchset,
                                                          attempt.pipeline, static_cast<int>(build.run)});
        if (trouble) return scenario_.failures.troubles[*trouble].name;
    }
    if (build.cause == Cause::race && build.race != kNone) return race_name(scenario_.failures.races, build.race);
    return cause_name(build.cause);
}

/// What the scenario says that a race leaves behind, if it says anything.
const Fingerprint* Planted::stated_by_scenario(const LiveBuild& build) const {
    const auto& listed = scenario_.failures.races.listed;
    if (build.cause != Cause::race || build.race >= listed.size()) return nullptr;
    const Fingerprint& out = listed[build.race].fingerprint;
    return out.lines.empty() ? nullptr : &out;
}

/// The layer of that name; of one that this style does not have, always the same of its services.
std::size_t Planted::layer_of(const std::string& name) const {
    const auto found = std::find(style_.layers.begin(), style_.layers.end(), name);
    if (found != style_.layers.end()) return static_cast<std::size_t>(found - style_.layers.begin());
    return name.empty() || name == "console" ? 0 : 1 + key_of(name) % (style_.layers.size() - 1);
}

const Planted::Words& Planted::words_of(const std::string& cause, const Fingerprint* by_scenario) {
    const auto [place, is_new] = words_.try_emplace(cause);
    Words& out = place->second;
    if (!is_new) return out;
    Keyed luck(join_key(key_, key_of(cause)));
    const std::size_t layer = 1 + luck.between(0, style_.layers.size() - 2);
    const auto by_style = style_.planted.find(cause);
    const bool of_style = by_style != style_.planted.end();
    if (of_style || by_scenario) {
        const std::size_t own_layer = layer_of(of_style ? by_style->second.layer : by_scenario->layer);
        for (const std::string& line : of_style ? by_style->second.lines : by_scenario->lines) {
            const std::size_t end = line.starts_with('[') ? line.find("] ") : std::string::npos;
            const bool elsewhere = end != std::string::npos && end > 1;
            out.lines.push_back(
                {elsewhere ? layer_of(line.substr(1, end - 1)) : own_layer, elsewhere ? line.substr(end + 2) : line});
        }
        return out;
    }
    for (std::uint64_t lines = luck.between(1, 3); lines > 0; --lines)
        out.lines.push_back({layer, made_up(style_, luck, true)});
    if (luck.chance(0.4)) out.lines.front().second = made_up_trace(style_, luck, out.lines.front().second);
    return out;
}

const std::vector<std::string>& Planted::author_words(std::uint64_t own) const {
    return style_.author[join_key(own, 77) % style_.author.size()];
}

Shown Planted::of(const LiveBuild& build, const LiveAttempt& attempt) {
    Shown out;
    out.cause = named(build, attempt);
    if (is_an_authors(build.cause)) {
        const bool both = build.cause == Cause::semantic_conflict || build.cause == Cause::clash_ahead;
        const ChangeId culprit = build.culprit == kNone ? attempt.change : build.culprit;
        out.own = join_key(key_, both ? pair_key(culprit, attempt.change) : culprit);
        for (const std::string& text : author_words(out.own)) out.lines.push_back({0, Level::error, &text});
        return out;
    }
    // Flakes of a job show what its flaky tests say.
    const std::string cause =
        build.cause == Cause::flake ? out.cause + " of " + scenario_.job_names[build.job] : out.cause;
    const Words& words = words_of(cause, stated_by_scenario(build));
    for (const auto& [layer, text] : words.lines) out.lines.push_back({layer, Level::error, &text});
    return out;
}

}  // namespace gatesim::logs
