// What `correlate` found, as a person reads it.
#include <fmt/format.h>

#include <algorithm>

#include "command/correlate_work.hpp"
#include "command/terminal.hpp"

namespace gatesim {

namespace {

using correlate::Fingerprint;

std::string percent(double share) {
    return fmt::format("{:.3g} %", 100 * share);
}

std::string counted(std::size_t n, const std::string& what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

/// A pattern without the marks that only RE2 needs.
std::string fingerprint_text(const Correlation& work, std::size_t i) {
    const Fingerprint& f = work.fingerprints[i];
    const correlate::Measured& m = work.measured[i];
    const correlate::Proof& p = work.proofs[i];
    std::string out = styled(f.id, Style::strong);
    if (!f.layer.empty()) out += "  in " + f.layer;
    out += "\n";
    for (const std::string& text : f.all_of) out += "    " + text + "\n";
    for (const auto& [attribute, values] : f.where)
        out += fmt::format("    where {} is {}\n", correlate::name_of(attribute), fmt::join(values, " or "));
    out += fmt::format("    {} in failed builds, {} in passed: precision {}\n", counted(m.failed.size(), "hit"),
                       m.passed.size(), percent(m.precision()));
    if (!f.factor.name.empty())
        out += fmt::format("    factor: {}{}\n", f.factor.name, f.factor.value.empty() ? "" : ", " + f.factor.value);
    if (p.clean_runs > 0) {
        out += fmt::format("    strikes {} of {}; fixed after {}", percent(p.rate), counted(p.at_risk, "run"),
                           counted(p.clean_runs, "clean run"));
        if (p.hours > 0) out += fmt::format(", {:.3g} node hours", static_cast<double>(p.clean_runs) * p.hours);
        out += fmt::format("\n    one by one: about {:.0f} if it is fixed, {:.0f} if not\n", std::ceil(p.if_fixed),
                           std::ceil(p.if_not_fixed));
    }
    return out;
}

}  // namespace

std::string correlation_text(const Correlation& work) {
    std::size_t failed = 0, passed = 0;
    for (const correlate::Build& b : work.logs->builds.all) {
        failed += b.has_log && b.result == correlate::Result::failed;
        passed += b.has_log && b.result == correlate::Result::passed;
    }
    std::string out =
        fmt::format("{} and {} with a log", counted(failed, "failed build"), counted(passed, "passed build"));
    if (!work.rule.text().empty()) out += "; the layer is " + work.rule.text();
    out += "\n";
    if (work.found.tested > 0)
        out += fmt::format("{} lines tested, {} go with failure; left out: {} of authors, {} shared symptoms\n",
                           work.found.tested, work.found.associated, work.found.own, work.found.shared);
    out += "\n";
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i) out += fingerprint_text(work, i) + "\n";
    if (work.fingerprints.empty())
        out += "no fingerprint: no line goes with failures beyond chance and beyond one change\n\n";
    std::size_t classified = 0;
    for (const int f : work.classified) classified += f >= 0;
    out += fmt::format("classified {} of {} that are not their author's ({}); {} are\n", classified,
                       counted(classified + work.unclassified.size(), "failure"), percent(work.rate), work.own.size());
    return out;
}

}  // namespace gatesim
