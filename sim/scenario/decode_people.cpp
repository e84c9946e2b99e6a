// Who writes changes, when, and what they do with verdicts.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/instant.hpp"
#include "scenario/people_parts.hpp"
#include "scenario/review_parts.hpp"

namespace gatesim::document {

namespace {

// What holds where a scenario says nothing: OpenStack's Havana cycle, as far as it is known; the rest is an assumption
// (scenarios/bootcamp-2013-people/notes.md).
constexpr Time kCycle = 182 * kDay;
constexpr double kOwnProject = 0.7, kLinesP50 = 29, kLinesP95 = 550;
constexpr int kFirstHour = 8, kLastHour = 18;
constexpr double kReworkMean = 0.63, kReworkAlike = 9, kUnasked = 0.3, kGiveUpRework = 0.01, kUnwanted = 0.22;
constexpr double kRecheck = 0.55, kGiveUpAfterCheck = 0.03, kGiveUpAfterGate = 0.02;
constexpr Time kLongestUnderWay = 3660 * kDay;
constexpr int kMostRechecks = 5, kMostPatchsets = 60;

Distribution lognormal(Time p50, Time p95) {
    return Distribution::lognormal_p50_p95(seconds(p50), seconds(p95));
}

void read_share(const View& view, std::string_view key, double& out) {
    if (const auto v = view.find(key)) out = decode_share(*v);
}

void read_number(const View& view, std::string_view key, double& out) {
    if (const auto v = view.find(key)) out = v->node->number;
}

void read_count(const View& view, std::string_view key, int& out) {
    if (const auto v = view.find(key)) out = static_cast<int>(v->node->number);
}

void read_distribution(Context& context, const View& view, std::string_view key, Distribution& out) {
    if (const auto v = view.find(key)) out = decode_distribution(context, *v);
}

/// A date, also one before the period.
Time decode_date(Context& context, const View& view) {
    const Period& period = context.out.period;
    if (!period.has_start) {
        context.errors.add(view, "a date needs period.start", "", "give period.start");
        return 0;
    }
    const auto instant = units::read_instant(view.node->text, period.timezone);
    return instant.value.value_or(0) - period.start_unix * kSecond;
}

template <std::size_t size>
void decode_intensities(Context& context, const View& view, std::array<double, size>& out) {
    const auto& given = view.node->members;
    if (given.size() != size) {
        context.errors.add(view, fmt::format("these are {} numbers", given.size()), "",
                           fmt::format("{} numbers", size));
        return;
    }
    for (std::size_t i = 0; i < size; ++i) out[i] = given[i].value.number;
    if (std::all_of(out.begin(), out.end(), [](double x) { return x <= 0; }) && !context.errors.any())
        context.errors.add(view, "nobody is ever up", "", "at least one number above 0");
}

Rhythm decode_rhythm(Context& context, const std::optional<View>& view) {
    Rhythm out;
    std::fill(out.hours.begin() + kFirstHour, out.hours.begin() + kLastHour + 1, 1.0);
    std::fill(out.weekdays.begin(), out.weekdays.begin() + 5, 1.0);
    if (!view) return out;
    if (const auto v = view->find("hours")) decode_intensities(context, *v, out.hours);
    if (const auto v = view->find("weekdays")) decode_intensities(context, *v, out.weekdays);
    read_number(*view, "day_to_day", out.day_to_day);
    read_number(*view, "week_to_week", out.week_to_week);
    const auto seasons = view->find("seasons");
    for (std::size_t i = 0; seasons && i < seasons->node->members.size(); ++i) {
        const View season = seasons->child(i);
        const View until = *season.find("until");
        Rhythm::Season s{"", decode_date(context, *season.find("from")), decode_date(context, until),
                         season.find("factor")->node->number, 1};
        read_number(season, "readers", s.readers);
        if (const auto name = season.find("name")) s.name = name->node->text;
        if (s.until <= s.from && !context.errors.any()) context.errors.add(until, "it ends before it begins");
        out.seasons.push_back(std::move(s));
    }
    return out;
}

void decode_cycle(Context& context, const View& view, Contributors& out) {
    if (const auto v = view.find("length")) out.cycle = decode_time(*v);
    if (out.cycle < kDay) context.errors.add(view, "a cycle this short is none", "", "a day or longer");
    const auto start = view.find("start");
    if (!start) return;
    out.cycle_begins = decode_date(context, *start);
    if (out.cycle_begins > 0) {
        context.errors.add(*start, "the cycle begins after the period does", "", "a date up to period.start");
        out.cycle_begins = 0;
    }
    out.cycle_begins %= out.cycle;  // the one that holds the period's start
}

Contributors decode_contributors(Context& context, const View& view) {
    Contributors out;
    out.cycle = kCycle;
    out.own_project = kOwnProject;
    read_count(view, "contributors", out.count);
    if (const auto v = view.find("cycle")) decode_cycle(context, *v, out);
    read_share(view, "turnover", out.turnover);
    if (const auto activity = view.find("activity")) {
        read_number(*activity, "exponent", out.activity.exponent);
        read_count(*activity, "least", out.activity.least);
        read_count(*activity, "most", out.activity.most);
        if (out.activity.most < out.activity.least)
            context.errors.add(*activity, "most is below least", "", "most of at least as much as least");
    }
    read_number(view, "skill_spread", out.skill_spread);
    read_share(view, "own_project", out.own_project);
    if (const auto v = view.find("zones")) out.zones = decode_zones(context, *v);
    if (out.zones.empty()) out.zones.emplace_back("", 1.0);
    if (const auto v = view.find("projects")) out.projects = decode_project_weights(context, *v);
    if (out.projects.empty())
        for (ProjectId id = 0; id < context.projects.size(); ++id) out.projects.emplace_back(id, 1.0);
    if (const auto kinds = view.find("kinds")) out.kinds = decode_written_kinds(context, *kinds);
    return out;
}

NewChanges decode_new_changes(Context& context, const std::optional<View>& view) {
    NewChanges out;
    out.lines = Distribution::lognormal_p50_p95(kLinesP50, kLinesP95);
    out.in_sitting = Distribution::constant(seconds(5 * kMinute));
    if (!view) return out;
    if (const auto lines = view->find("lines")) out.lines = decode_lines(context, *lines);
    read_number(*view, "defects_by_size", out.defects_by_size);
    const auto series = view->find("series");
    for (std::size_t i = 0; series && i < series->node->members.size(); ++i)
        out.series.push_back(decode_share(series->child(i)));
    read_share(*view, "sitting", out.sitting);
    read_distribution(context, *view, "in_sitting", out.in_sitting);
    read_share(*view, "together", out.together);
    read_share(*view, "depends_on", out.depends_on);
    return out;
}

Rework decode_rework(Context& context, const std::optional<View>& view) {
    Rework out{kReworkMean, kReworkAlike, kUnasked, {}, {}, kGiveUpRework, kMostPatchsets, kUnwanted};
    out.unasked_after = lognormal(15 * kMinute, 2 * kHour);
    out.after = lognormal(2 * kHour, 30 * kHour);
    if (!view) return out;
    read_share(*view, "mean", out.mean);
    if (out.mean >= 1)
        context.errors.add(*view->find("mean"), "no change would ever be done", "", "a share below 100%");
    read_number(*view, "alike", out.alike);
    read_share(*view, "unasked", out.unasked);
    read_distribution(context, *view, "unasked_after", out.unasked_after);
    read_distribution(context, *view, "after", out.after);
    read_share(*view, "give_up", out.give_up);
    read_count(*view, "most", out.most);
    read_share(*view, "unwanted", out.unwanted);
    return out;
}

AfterRed decode_after_red(Context& context, const std::optional<View>& view, double give_up) {
    AfterRed out{kRecheck, give_up, kMostRechecks, lognormal(45 * kMinute, 8 * kHour), lognormal(kHour, 16 * kHour), 0};
    if (!view) return out;
    read_share(*view, "recheck", out.recheck);
    read_share(*view, "give_up", out.give_up);
    if (out.recheck + out.give_up > 1)
        context.errors.add(*view, "recheck and give_up are more than all", "", "together up to 100%");
    read_count(*view, "most", out.most);
    read_distribution(context, *view, "recheck_after", out.recheck_after);
    read_distribution(context, *view, "rework_after", out.rework_after);
    read_share(*view, "keeps_approval", out.keeps_approval);
    return out;
}

void decode_pipelines_of_people(Context& context, const View& view, PeopleLoad& out) {
    const auto& pipelines = context.out.pipelines;
    out.gate = landing_pipeline(context);
    if (const auto name = view.find("gate")) {
        out.gate = resolve(context, *name, "pipeline", context.pipelines).value_or(out.gate);
        if (pipelines[out.gate].manager != Manager::dependent)
            context.errors.add(*name, "nothing lands in this pipeline", "", "a dependent pipeline");
    }
    for (PipelineId p = 0; p < pipelines.size() && out.check == kNone; ++p)
        if (pipelines[p].manager == Manager::independent) out.check = p;
    if (const auto name = view.find("check")) {
        out.check = kNone;
        if (name->node->kind != Node::Kind::null)
            out.check = resolve(context, *name, "pipeline", context.pipelines).value_or(kNone);
        if (out.check != kNone && pipelines[out.check].manager != Manager::independent)
            context.errors.add(*name, "this pipeline does not test patch sets one by one", "",
                               "an independent pipeline");
    }
    if (const auto v = view.find("review_after_check")) out.review_after_check = v->node->flag;
    if (const auto v = view.find("gate_after_check")) out.gate_after_check = v->node->flag;
}

}  // namespace

std::shared_ptr<const PeopleLoad> decode_people(Context& context, const View& view) {
    auto out = std::make_shared<PeopleLoad>();
    out->contributors = decode_contributors(context, view);
    out->rhythm = decode_rhythm(context, view.find("rhythm"));
    out->changes = decode_new_changes(context, view.find("changes"));
    out->rework = decode_rework(context, view.find("rework"));
    out->after_check = decode_after_red(context, view.find("after_check"), kGiveUpAfterCheck);
    out->after_gate = decode_after_red(context, view.find("after_gate"), kGiveUpAfterGate);
    if (const auto under_way = view.find("under_way")) {
        const View since = *under_way->find("since");
        out->under_way.since = decode_time(since);
        if (out->under_way.since > kLongestUnderWay)
            context.errors.add(since, "nobody remembers what was begun so long ago", "",
                               "a time up to 10 years (3660d)");
        out->under_way.gap = decode_distribution(context, *under_way->find("gap"));
    }
    decode_pipelines_of_people(context, view, *out);
    if (const auto review = view.find("review")) out->review = decode_review(context, *review);
    if (context.out.period.length == kNever)
        context.errors.add(view, "people never stop writing", "", "give period.length");
    if (const auto v = view.find("warmup")) {
        out->warmup = decode_time(*v);
        if (out->warmup >= context.out.period.length)
            context.errors.add(*v, "nothing would be left to measure", "", "a time shorter than period.length");
    }
    return out;
}

}  // namespace gatesim::document
