// The page of correlate: each cause with a build that shows it, its suspicious lines coloured by weight.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "command/correlate_modes.hpp"
#include "correlate/colour.hpp"
#include "picture/canvas.hpp"
#include "report/page.hpp"

namespace gatesim {

namespace {

using correlate::ColouredLine;
using picture::escaped;
using report::Page;
using report::TextTable;

constexpr std::size_t kMostLines = 60, kMostUnclassified = 5;

/// Five steps of one colour; the number stands beside it, so nobody needs the colour.
constexpr const char* kColours = R"(<style>
.log{font:12px/1.45 ui-monospace,"DejaVu Sans Mono",monospace;overflow:auto;max-height:36rem;margin:.5rem 0}
.log div{white-space:pre-wrap;overflow-wrap:anywhere;padding:0 .4rem 0 3.4rem;position:relative}
.log b{position:absolute;left:.3rem;font-weight:400;color:var(--pic-faint)}
.log i{color:var(--pic-faint)}
.log .w1{background:color-mix(in srgb,var(--pic-bad) 8%,transparent)}
.log .w2{background:color-mix(in srgb,var(--pic-bad) 16%,transparent)}
.log .w3{background:color-mix(in srgb,var(--pic-bad) 24%,transparent)}
.log .w4{background:color-mix(in srgb,var(--pic-bad) 32%,transparent)}
.log .w5{background:color-mix(in srgb,var(--pic-bad) 40%,transparent)}
.log .hit{border-left:4px solid var(--pic-bad)}
</style>
)";

std::string log_html(const std::vector<ColouredLine>& lines, const Correlation& work) {
    if (lines.empty()) return "<p class=\"faint\">No line of this build goes with failure beyond chance.</p>\n";
    std::string out = "<div class=\"log\" tabindex=\"0\" role=\"group\" aria-label=\"log\">\n", layer;
    for (const ColouredLine& l : lines) {
        if (l.left_out > 0) out += fmt::format("<div><i>… {} lines</i></div>\n", l.left_out);
        if (l.layer != layer)
            out += fmt::format("<div><i>in {}</i></div>\n", escaped(l.layer.empty() ? "the log" : l.layer));
        layer = l.layer;
        const int step = l.weight <= 0 ? 0 : std::min(5, 1 + static_cast<int>(l.weight / 1.5));
        const std::string hit = l.fingerprint >= 0 ? " hit" : "";
        const std::string mark = l.fingerprint >= 0 ? work.fingerprints[static_cast<std::size_t>(l.fingerprint)].id
                                 : step > 0         ? fmt::format("+{:.1f}", l.weight)
                                                    : "";
        out += fmt::format("<div class=\"w{}{}\"><b>{}</b>{}</div>\n", step, hit, mark, escaped(l.text));
    }
    return out + "</div>\n";
}

std::string percent(double share) {
    return fmt::format("{:.3g} %", 100 * share);
}

std::string what_is_there(const Correlation& work, std::size_t i) {
    const correlate::Fingerprint& f = work.fingerprints[i];
    const correlate::Proof& p = work.proofs[i];
    std::string out = fmt::format("{} hits in failed builds and {} in passed ones.", work.measured[i].failed.size(),
                                  work.measured[i].passed.size());
    if (!f.factor.name.empty())
        out +=
            fmt::format(" It depends on {}: {}.", f.factor.name, f.factor.value.empty() ? "see below" : f.factor.value);
    if (p.clean_runs == 0) return out;
    out += fmt::format(" It strikes {} of {} runs, so {} clean runs prove it fixed", percent(p.rate), p.at_risk,
                       p.clean_runs);
    if (p.hours > 0) out += fmt::format(" ({:.3g} node hours)", static_cast<double>(p.clean_runs) * p.hours);
    return out + fmt::format("; looked at one by one, about {:.0f} runs if it is fixed and {:.0f} if it is not.",
                             std::ceil(p.if_fixed), std::ceil(p.if_not_fixed));
}

/// A build of average length in the middle of its hits.
std::uint32_t example(const correlate::Measured& m) {
    return m.failed[m.failed.size() / 2];
}

void add_fingerprints(Page& page, Correlation& work, const correlate::Colours& colours) {
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i) {
        const correlate::Fingerprint& f = work.fingerprints[i];
        page.section(f.id, f.id + (f.layer.empty() ? "" : ", in " + f.layer));
        std::string patterns;
        for (const std::string& text : f.all_of) patterns += fmt::format("<p><code>{}</code></p>\n", escaped(text));
        page.raw(patterns);
        page.paragraph(what_is_there(work, i));
        if (work.measured[i].failed.empty()) continue;
        const std::uint32_t build = example(work.measured[i]);
        const correlate::Build& b = work.logs->builds.all[build];
        page.raw(fmt::format(
            "<h3>Build {}{}</h3>\n", escaped(b.id),
            escaped(b.value[0] == 0 ? "" : " of " + work.logs->builds.text_of(b, correlate::Attribute::job))));
        page.raw(log_html(colours.excerpt(*work.logs, work.rule, build, kMostLines), work));
    }
}

TextTable overview(const Correlation& work) {
    TextTable out{{"fingerprint", "factor", "failed", "passed", "precision", "clean runs"}};
    for (std::size_t i = 0; i < work.fingerprints.size(); ++i) {
        const correlate::Measured& m = work.measured[i];
        out.rows.push_back({work.fingerprints[i].id,
                            work.fingerprints[i].factor.name.empty() ? "none" : work.fingerprints[i].factor.name,
                            std::to_string(m.failed.size()), std::to_string(m.passed.size()), percent(m.precision()),
                            std::to_string(work.proofs[i].clean_runs)});
    }
    out.note = "Clean runs: so many without a hit prove at 95 % that it is fixed.";
    return out;
}

}  // namespace

std::string correlation_page(Correlation& work, const correlate::Runs& runs,
                             const std::vector<correlate::Baseline>& list, const std::string& title) {
    const correlate::Colours colours(work.features, work.found.weight, work.layers, work.fingerprints);
    Page page;
    page.raw(kColours);
    page.section("fingerprints", "Fingerprints");
    if (!work.fingerprints.empty()) page.table(overview(work));
    page.paragraph(
        "In the logs below a line is the redder the more failed builds show it than passed ones: the number in front "
        "is the "
        "logarithm of that ratio. A bar and a name in front mark lines of a fingerprint.");
    add_fingerprints(page, work, colours);
    if (!work.unclassified.empty()) {
        page.section("unclassified", "Unclassified failures");
        page.paragraph(
            fmt::format("{} failures have no fingerprint and did not come again with their patch set. The first {}:",
                        work.unclassified.size(), std::min(kMostUnclassified, work.unclassified.size())));
        for (std::size_t i = 0; i < std::min(kMostUnclassified, work.unclassified.size()); ++i) {
            page.raw(fmt::format("<h3>Build {}</h3>\n", escaped(work.logs->builds.all[work.unclassified[i]].id)));
            page.raw(log_html(colours.excerpt(*work.logs, work.rule, work.unclassified[i], kMostLines / 2), work));
        }
    }
    if (!list.empty()) {
        page.section("baselines", "Beside two simple rules");
        page.raw("<pre>" + escaped(baselines_text(work, runs, list)) + "</pre>\n");
    }
    if (!work.logs->complaints.empty()) {
        page.section("warnings", "What could not be read");
        page.list(work.logs->complaints);
    }
    std::size_t classified = 0;
    for (const int f : work.classified) classified += f >= 0;
    const std::string header = fmt::format(
        "<h1>{}</h1>\n<p class=\"question\">What makes builds fail that is nobody's own mistake?</p>\n<p "
        "class=\"answer\">{} fingerprints "
        "explain {} of {} failures that are not their author's ({}).</p>\n",
        escaped(title), work.fingerprints.size(), classified, classified + work.unclassified.size(),
        percent(work.rate));
    return page.finish(title, header);
}

}  // namespace gatesim
