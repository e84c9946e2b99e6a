// The period, chance, the timeline, what was observed, and defaults that belong to nobody else.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"
#include "scenario/field.hpp"
#include "scenario/instant.hpp"

namespace gatesim::document {

namespace {

/// "at", one moment or several, and "for".
void decode_dates(Context& context, const View& view, Trouble& out) {
    const auto at = view.find("at");
    out.comes_again = view.find("every").has_value();
    if (out.comes_again != view.find("lasts").has_value())
        context.errors.add(view, "every and lasts belong together", "", "both, or at and for");
    if (at.has_value() != view.find("for").has_value())
        context.errors.add(view, "at and for belong together", "", "both, or every and lasts");
    if (!at && !out.comes_again) context.errors.add(view, "it never comes", "", "every and lasts, or at and for");
    if (!at || !view.find("for")) return;
    const Time length = decode_time(*view.find("for"));
    const bool several = at->node->kind == Node::Kind::list;
    for (std::size_t i = 0; i < (several ? at->node->members.size() : 1); ++i) {
        const View moment = several ? at->child(i) : *at;
        const auto begin = decode_moment(context, moment);
        if (begin && !out.dates.empty() && *begin < out.dates.back().second)
            context.errors.add(moment, "it begins before the one before it is over", "", "spells in order of time");
        if (begin) out.dates.emplace_back(*begin, *begin + length);
    }
}

Trouble decode_trouble(Context& context, const View& view, const std::string& name) {
    Trouble out;
    out.name = name;
    if (const auto v = view.find("every")) out.every = decode_distribution(context, *v);
    if (const auto v = view.find("lasts")) out.lasts = decode_distribution(context, *v);
    decode_dates(context, view, out);
    if (const auto v = view.find("pool")) out.pool = resolve(context, *v, "pool", context.pools).value_or(kNone);
    if (const auto v = view.find("fails")) out.fails = decode_share(*v);
    const auto jobs = view.find("jobs");
    for (std::size_t i = 0; jobs && i < jobs->node->members.size(); ++i)
        for (const std::uint32_t job : resolve_jobs(context, jobs->child(i))) out.jobs.push_back(job);
    return out;
}

void decode_notice(Context& context, const View& failures, Failures& out) {
    const auto view = failures.find("notice");
    if (!view) return;
    Notice& notice = out.notice.emplace();
    notice.after = decode_distribution(context, *view->find("after"));
    if (const auto v = view->find("how")) notice.reverts = v->node->text == "revert";
    const auto repair = failures.find("repair");
    if (repair && notice.reverts)
        context.errors.add(*repair, "what is noticed is reverted at once, so nothing is left to repair", "",
                           "/failures/notice/how: \"repair\", or one of the two keys alone");
}

void decode_failures(Context& context) {
    const auto failures = context.root.find("failures");
    if (!failures) return;
    Failures& out = context.out.failures;
    const std::pair<const char*, Varying<double>*> shares[] = {{"defect", &out.defect},
                                                               {"semantic_conflict", &out.semantic_conflict},
                                                               {"textual_conflict", &out.textual_conflict},
                                                               {"failed_submit", &out.failed_submit},
                                                               {"withdraw", &out.withdraw}};
    for (const auto& [key, share] : shares) {
        if (const auto view = failures->find(key)) *share = decode_share(*view);
    }
    if (const auto overlap = failures->find("overlap")) {
        if (const auto v = overlap->find("semantic")) out.semantic_overlap = decode_share(*v);
        if (const auto v = overlap->find("textual")) out.textual_overlap = decode_share(*v);
    }
    if (const auto repair = failures->find("repair")) out.repair = decode_distribution(context, *repair);
    decode_notice(context, *failures, out);
    const auto troubles = failures->find("troubles");
    for (std::size_t i = 0; troubles && i < troubles->node->members.size(); ++i)
        if (const std::string& name = troubles->node->members[i].key; name != "notes")
            out.troubles.push_back(decode_trouble(context, troubles->child(i), name));
    const auto run = failures->find("defect_run");
    if (!run) return;
    out.defect_run = run->node->number;
    // As many healthy stretches as broken ones, each at least one change long.
    const double defect = out.defect.first;
    const double shortest = defect < 1 ? defect / (1 - defect) : 1;
    if (defect >= 1 || out.defect_run < shortest) {
        context.errors.add(*run, fmt::format("with {:.6g} % of defects, runs cannot be that short", 100 * defect), "",
                           defect < 1 ? fmt::format("at least {:.4g}", shortest) : "a failures.defect below 100%");
    }
}

Predictor decode_predictor(Context& context, const View& view) {
    Predictor out;
    out.kind = Predictor::Kind::hits;
    if (const auto v = view.find("accuracy")) out.good_hits = out.bad_hits = decode_share(*v);
    if (const auto v = view.find("good_hits")) out.good_hits = decode_share(*v);
    if (const auto v = view.find("bad_hits")) out.bad_hits = decode_share(*v);
    if (const auto v = view.find("auc")) {
        out.kind = Predictor::Kind::auc;
        out.auc = decode_share(*v);
        if (out.auc < 0.5)
            context.errors.add(*v, "it is below 50%: the opposite of what it says would be the better guess", "",
                               "from 50% to 100%");
    }
    if (view.find("good_hits").has_value() != view.find("bad_hits").has_value())
        context.errors.add(view, "good_hits and bad_hits belong together", "", "both, or accuracy, or auc");
    if (const auto v = view.find("confidence")) out.confidence = v->node->number;
    return out;
}

void decode_signals(Context& context) {
    const auto signals = context.root.find("signals");
    if (!signals) return;
    Signals& out = context.out.signals;
    if (const auto v = signals->find("passes")) out.passes = decode_predictor(context, *v);
    if (const auto v = signals->find("conflicts")) out.conflicts = decode_predictor(context, *v);
    if (const auto v = signals->find("duration")) out.duration_error = decode_share(*v);
}

void decode_observed(Context& context) {
    const auto observed = context.root.find("observed");
    if (!observed) return;
    const View file = *observed->find("file");
    context.out.observed_file = file.node->text;
    note_file(context, file);
    const auto rules = observed->find("rules");
    for (std::size_t i = 0; rules && i < rules->node->members.size(); ++i) {
        const std::string& name = rules->node->members[i].key;
        if (name == "notes") continue;
        if (auto choice = decode_strategy(rules->child(i), context.options.strategies, context.errors)) {
            context.out.observed_rules.emplace_back(name, std::move(*choice));
        }
    }
}

}  // namespace

void decode_period(Context& context) {
    const auto period = context.root.find("period");
    if (!period) return;
    Period& out = context.out.period;
    if (const auto v = period->find("kind"))
        out.kind = v->node->text == "steady" ? PeriodKind::steady : PeriodKind::terminating;
    if (const auto v = period->find("length")) out.length = decode_time(*v);
    if (const auto v = period->find("timezone")) {
        out.timezone = v->node->text;
        if (const std::string problem = units::zone_problem(out.timezone); !problem.empty()) {
            context.errors.add(*v, problem, units::nearest_zone(out.timezone));
            out.timezone = "UTC";
        }
    }
    const auto start = period->find("start");
    if (!start) return;
    const auto instant = units::read_instant(start->node->text, out.timezone);
    if (!instant.value) return;
    out.has_start = true;
    out.start_unix = *instant.value / kSecond;
    if (*instant.value % kSecond != 0) context.errors.add(*start, "the start is not a whole second");
}

void decode_world(Context& context) {
    if (const auto v = context.root.find("title")) context.out.title = v->node->text;
    if (const auto v = context.root.find("replications")) context.out.replications = static_cast<int>(v->node->number);
    if (const auto v = context.at({"defaults", "merge_time"}))
        context.out.merge_time = decode_distribution(context, *v);
    if (const auto v = context.at({"defaults", "long_node_wait"})) context.out.long_wait = decode_time(*v);
    if (const auto v = context.at({"defaults", "relative_priority"})) context.out.relative_priority = v->node->flag;
    if (context.out.title.empty()) context.out.title = context.out.name;
    if (const auto v = context.at({"prices", "delay"}))
        context.out.delay_price = units::read_price(v->node->text).value.value_or(0);
    decode_failures(context);
    decode_races(context);
    decode_signals(context);
    decode_observed(context);
}

}  // namespace gatesim::document
