// Any bytes at all as a scenario: they end as a scenario or as messages, never as both, neither, a crash or a hang.
//
// A scenario that loads must load again from its resolved text, to the same hash: that text is what a run directory
// keeps and what `explain` reads back. Messages are printed, so none may hold what moves a terminal's cursor.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"

namespace {

void insist(bool holds, const char* what, const std::string& detail = "") {
    if (holds) return;
    std::fprintf(stderr, "fuzz_scenario: %s\n%s\n", what, detail.c_str());
    std::abort();
}

/// What a first line of the form "--set /pointer=value" asks for; the rest is the document.
gatesim::LoadOptions options_of(std::string_view& text) {
    static const auto strategies = gatesim::strategy_descriptions();
    gatesim::LoadOptions options;
    options.strategies = strategies;
    options.metric_names = {"gate_time_s.p95", "landed", "waste_share"};
    constexpr std::string_view kSet = "--set ";
    while (text.starts_with(kSet)) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        options.sets.emplace_back(text.substr(kSet.size(), end - kSet.size()));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gatesim;
    std::string_view text(reinterpret_cast<const char*>(data), size);
    LoadOptions options = options_of(text);
    const Loaded loaded = load_scenario_text(text, "fuzz.json", ".", options);
    const std::string said = gatesim::text(loaded.diagnostics);
    insist(loaded.scenario.has_value() == loaded.diagnostics.empty(), "a scenario and messages, or neither", said);
    insist((loaded.exit_code() == 0) == loaded.scenario.has_value(), "the exit code does not fit", said);
    for (const char c : said) insist(c == '\n' || (c >= ' ' && c != 0x7f) || c < 0, "a message moves the cursor", said);
    if (!loaded.scenario) return 0;

    options.sets.clear();
    const Loaded again = load_scenario_text(loaded.scenario->resolved, "fuzz.json", ".", options);
    insist(again.scenario.has_value(), "the resolved text does not load", gatesim::text(again.diagnostics));
    insist(again.scenario->sha256 == loaded.scenario->sha256, "the resolved text is another scenario",
           loaded.scenario->resolved + "\n" + again.scenario->resolved);
    return 0;
}
