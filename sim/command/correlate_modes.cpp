#include "command/correlate_modes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "correlate/classes.hpp"
#include "correlate/hits.hpp"
#include "measure/interval.hpp"

namespace gatesim {

namespace {

using nlohmann::ordered_json;

int fail(const std::string& what) {
    print_err(fmt::format("gatesim correlate: {}\n", what));
    return kUsage;
}

std::string percent(double share) {
    return fmt::format("{:.1f} %", 100 * share);
}

double rounded(double value) {
    return std::stod(fmt::format("{:.4g}", value));
}

/// What fingerprints do, in one line of a table.
struct Standing {
    std::string name;
    std::size_t fingerprints = 0, classified = 0, own = 0;
    double rate = 0, most_passed = 0;
};

Standing stand(const Correlation& work, const correlate::Runs& runs, const std::string& name, std::size_t fingerprints,
               const std::vector<correlate::Measured>& measured) {
    Standing out{name, fingerprints};
    const auto classified = correlate::classify(work.logs->builds, measured);
    std::size_t others = 0;
    for (std::size_t b = 0; b < classified.size(); ++b) {
        const correlate::Build& build = work.logs->builds.all[b];
        if (build.result != correlate::Result::failed || !build.has_log) continue;
        const bool is_own = runs.own()[b];
        others += !is_own;
        if (classified[b] >= 0) ++(is_own ? out.own : out.classified);
    }
    out.rate = others == 0 ? 0 : static_cast<double>(out.classified) / static_cast<double>(others);
    for (const correlate::Measured& m : measured) {
        const double hits = static_cast<double>(m.failed.size() + m.passed.size());
        if (hits > 0) out.most_passed = std::max(out.most_passed, static_cast<double>(m.passed.size()) / hits);
    }
    return out;
}

std::vector<Standing> standings(const Correlation& work, const correlate::Runs& runs,
                                const std::vector<correlate::Baseline>& list) {
    std::vector<Standing> out{stand(work, runs, "correlate", work.fingerprints.size(), work.measured)};
    for (const correlate::Baseline& one : list)
        out.push_back(stand(work, runs, one.name, one.fingerprints.size(), one.measured));
    return out;
}

}  // namespace

int correlate_classes(correlate::Logs& logs, const std::string& column, bool json) {
    correlate::Classes classes;
    if (const std::string trouble = correlate::tell_apart(logs, column, classes); !trouble.empty())
        return fail("--classes: " + trouble);
    std::vector<std::optional<double>> right;
    std::size_t count = 0;
    for (const bool one : classes.right) right.push_back(one ? 1 : 0), count += one;
    const std::size_t all = classes.right.size(), majority = std::max(classes.sizes[0], classes.sizes[1]);
    const Estimate exact = truth_interval(right);
    const double n = static_cast<double>(all), accuracy = static_cast<double>(count) / n;
    const double low = exact.low.value_or(accuracy), high = exact.high.value_or(accuracy);
    const double baseline = static_cast<double>(majority) / n;
    if (json) {
        ordered_json out{{"column", column}, {"builds", all}, {"right", count}};
        out["accuracy"] = {{"value", rounded(accuracy)}, {"low", rounded(low)}, {"high", rounded(high)}};
        out["majority"] = rounded(baseline);
        for (std::size_t is : {0, 1})
            out["table"][classes.names[is]] = {{classes.names[0], classes.table[is][0]},
                                               {classes.names[1], classes.table[is][1]}};
        print_out(out.dump(2) + "\n");
        return kFine;
    }
    print_out(fmt::format("{}: {} builds, {} of class {} and {} of class {}\n\n", column, all, classes.sizes[0],
                          classes.names[0], classes.sizes[1], classes.names[1]));
    print_out(fmt::format("by the three logs most like it  {} right ({} of {}; 95 %: {} to {})\n", percent(accuracy),
                          count, all, percent(low), percent(high)));
    print_out(fmt::format("by the larger class             {} right\n\n", percent(baseline)));
    for (std::size_t is : {0, 1})
        print_out(fmt::format("class {}: {} said to be {}, {} said to be {}\n", classes.names[is], classes.table[is][0],
                              classes.names[0], classes.table[is][1], classes.names[1]));
    return kFine;
}

int correlate_hits(const std::string& path, const std::string& column, bool json) {
    std::vector<correlate::RecordedHits> list;
    if (const std::string trouble = correlate::recorded_hits(path, column, list); !trouble.empty())
        return fail("--hits: " + trouble);
    if (json) {
        ordered_json out;
        out["fingerprints"] = ordered_json::array();
        for (const auto& one : list)
            out["fingerprints"].push_back({{"id", one.id},
                                           {"hits_failed", one.failed},
                                           {"hits_passed", one.passed},
                                           {"hits_other", one.other},
                                           {"builds_failed", one.failed_builds},
                                           {"builds_passed", one.passed_builds},
                                           {"precision", rounded(one.precision())}});
        print_out(out.dump(2) + "\n");
        return kFine;
    }
    print_out(
        fmt::format("{:<20} {:>6} {:>6} {:>6} {:>9}   builds\n", column, "failed", "passed", "other", "precision"));
    for (const auto& one : list)
        print_out(fmt::format("{:<20} {:>6} {:>6} {:>6} {:>9}   {} failed, {} passed\n", one.id, one.failed, one.passed,
                              one.other, fmt::format("{:.0f} %", 100 * one.precision()), one.failed_builds,
                              one.passed_builds));
    return kFine;
}

ordered_json baselines_json(const Correlation& work, const correlate::Runs& runs,
                            const std::vector<correlate::Baseline>& list) {
    ordered_json out = ordered_json::array();
    const std::vector<Standing> rows = standings(work, runs, list);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Standing& row = rows[i + 1];
        ordered_json one{{"name", row.name},
                         {"rate", rounded(row.rate)},
                         {"most_passed", rounded(row.most_passed)},
                         {"own", row.own}};
        one["fingerprints"] = ordered_json::array();
        for (std::size_t f = 0; f < list[i].fingerprints.size(); ++f)
            one["fingerprints"].push_back({{"id", list[i].fingerprints[f].id},
                                           {"all_of", list[i].fingerprints[f].all_of},
                                           {"layer", list[i].fingerprints[f].layer},
                                           {"hits_failed", list[i].measured[f].failed.size()},
                                           {"hits_passed", list[i].measured[f].passed.size()}});
        const auto classified = correlate::classify(work.logs->builds, list[i].measured);
        one["classified"] = ordered_json::object();
        for (std::size_t b = 0; b < classified.size(); ++b)
            if (classified[b] >= 0)
                one["classified"][work.logs->builds.all[b].id] =
                    list[i].fingerprints[static_cast<std::size_t>(classified[b])].id;
        out.push_back(std::move(one));
    }
    return out;
}

std::string baselines_text(const Correlation& work, const correlate::Runs& runs,
                           const std::vector<correlate::Baseline>& list) {
    std::string out = fmt::format("\n{:<22} {:>12} {:>11} {:>14} {:>10}\n", "", "fingerprints", "classified",
                                  "worst, passed", "authors'");
    for (const Standing& row : standings(work, runs, list))
        out += fmt::format("{:<22} {:>12} {:>11} {:>14} {:>10}\n", row.name, row.fingerprints, percent(row.rate),
                           percent(row.most_passed), row.own);
    return out +
           "classified: of the failures that did not come again with a patch set; worst, passed:\nthe largest share of "
           "passed builds in "
           "the hits of one; authors': failures that did\ncome again and are classified all the same\n";
}

}  // namespace gatesim
