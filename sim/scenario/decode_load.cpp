// Where changes come from: replay and arrivals, and who comes back. Listed changes are in decode_changes.cpp.
#include <fmt/format.h>

#include <cmath>

#include "load/arrival_clock.hpp"
#include "scenario/decode.hpp"
#include "scenario/hours_form.hpp"
#include "scenario/people_parts.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

ReplayLoad decode_replay(Context& context, const View& view) {
    ReplayLoad out;
    const View file = *view.find("file");
    out.file = file.node->text;
    note_file(context, file);
    if (const auto enqueue = view.find("enqueue")) {
        if (const auto from = enqueue->find("from")) {
            out.from = from->node->text == "uploaded" ? EnqueueFrom::uploaded
                       : from->node->text == "landed" ? EnqueueFrom::landed
                                                      : EnqueueFrom::enqueued;
        }
        if (const auto minus = enqueue->find("minus")) out.shift = -decode_time(*minus);
        if (const auto plus = enqueue->find("plus")) out.shift = decode_time(*plus);
    }
    if (const auto waiting = view.find("waiting_at_start")) {
        out.waiting_at_start = waiting->node->flag;
        if (out.waiting_at_start && !context.out.period.has_start)
            context.errors.add(*waiting, "who waits where the period begins needs a beginning", "",
                               "give period.start");
    }
    if (const auto apart = view.find("stays_apart")) out.stays_apart = apart->node->flag;
    if (const auto builds = view.find("builds")) {
        out.builds = builds->node->text;
        note_file(context, *builds);
        if (!out.stays_apart)
            context.errors.add(*builds, "recorded builds belong to stays, and here stays are not told apart", "",
                               "stays_apart: true, with a table of stays (entries.csv) as file");
    }
    if (const auto link = view.find("link_series")) out.link_series = link->node->flag;
    out.pipeline = landing_pipeline(context);
    if (const auto name = view.find("pipeline"))
        out.pipeline = resolve(context, *name, "pipeline", context.pipelines).value_or(out.pipeline);
    return out;
}

/// How something is spread over projects: a weight for each, evenly if nothing is said.
std::vector<std::pair<ProjectId, double>> decode_weights(Context& context, const View& view) {
    std::vector<std::pair<ProjectId, double>> out;
    double weight = 0;
    const auto projects = view.find("projects");
    for (std::size_t i = 0; projects && i < projects->node->members.size(); ++i) {
        const Member& member = projects->node->members[i];
        if (member.key == "notes") continue;
        const auto project = context.projects.find(member.key);
        if (!project) {
            context.errors.add(member.at, below(projects->pointer, member.key),
                               fmt::format("there is no project {}", quote(member.key)),
                               nearest(member.key, context.projects.list()),
                               "known: " + listing(context.projects.list()));
            continue;
        }
        out.emplace_back(*project, member.value.number);
        weight += member.value.number;
    }
    if (!projects) {
        for (ProjectId id = 0; id < context.projects.size(); ++id) out.emplace_back(id, 1.0);
    } else if (weight <= 0 && !context.errors.any()) {
        context.errors.add(*projects, "all weights are 0", "", "at least one weight above 0");
    }
    return out;
}

ArrivalLoad decode_arrivals(Context& context, const View& view) {
    ArrivalLoad out;
    const std::string& rate = view.find("rate")->node->text;
    out.per_second = units::read_rate(rate).value.value_or(0);
    out.per = units::rate_per(rate);
    const auto hours = view.find("hours");
    out.says_hours = hours.has_value() || out.per.first == RatePer::hour;
    if (hours) out.hours = decode_hours(context, *hours);
    if (!context.errors.any() && mean_rate_factor(out.hours, out.per.first) <= 0)
        context.errors.add(*hours, fmt::format("{} falls on no day of these hours", quote(rate)), "",
                           "hours on a weekday, or a rate by day");
    if (const auto limit = view.find("limit")) out.limit = static_cast<std::uint64_t>(limit->node->number);
    out.projects = decode_weights(context, view);
    if (const auto kinds = view.find("kinds")) out.kinds = decode_arriving_kinds(context, *kinds);
    if (out.limit == 0 && context.out.period.length == kNever) {
        context.errors.add(view, "these arrivals never end", "", "give limit here, or period.length");
    }
    return out;
}

PastQueue decode_past_queue(Context& context, const View& view) {
    PastQueue out;
    if (const auto rate = view.find("rate")) out.per_second = units::read_rate(rate->node->text).value.value_or(0);
    if (const auto share = view.find("share")) out.share = decode_share(*share);
    if (const auto author = view.find("author")) out.author = author->node->text;
    if (const auto breaks = view.find("breaks")) out.breaks = decode_share(*breaks);
    if (const auto jobs = view.find("jobs"))
        for (const std::string& job : decode_job_names(context, *jobs))
            out.jobs.push_back(context.jobs.find(job).value_or(0));
    if (const auto limit = view.find("limit")) out.limit = static_cast<std::uint64_t>(limit->node->number);
    out.projects = decode_weights(context, view);
    if (out.per_second > 0 && out.limit == 0 && context.out.period.length == kNever) {
        context.errors.add(view, "these pushes never end", "", "give limit here, or period.length");
    }
    return out;
}

AfterEjection decode_after_ejection(Context& context, const View& view) {
    AfterEjection out;
    out.retry = decode_share(*view.find("retry"));
    out.after = decode_distribution(context, *view.find("after"));
    out.max = 5;
    if (const auto max = view.find("max")) out.max = static_cast<int>(max->node->number);
    if (const auto place = view.find("place")) out.at_front = place->node->text == "front";
    return out;
}

FootprintRule decode_footprint(Context& context, const View& view) {
    FootprintRule out;
    out.targets = static_cast<std::uint32_t>(view.find("targets")->node->number);
    const View size = *view.find("size");
    if (size.node->kind == Node::Kind::number) {
        out.size.a = size.node->number;
    } else {
        const View high = *size.find("p95");
        const double p50 = size.find("p50")->node->number, p95 = high.node->number;
        if (p95 < p50) context.errors.add(high, "p95 is below p50");
        constexpr double kZ95 = 1.6448536269514722;  // the standard normal's 95 % quantile
        out.size.kind = Distribution::Kind::lognormal;
        out.size.a = std::log(p50);
        out.size.b = std::log(p95 / p50) / kZ95;
    }
    if (const auto v = view.find("popularity")) out.popularity = v->node->number;
    if (const auto v = view.find("large")) out.large = decode_share(*v);
    return out;
}

}  // namespace

void decode_load(Context& context) {
    const View load = *context.root.find("load");
    Load& out = context.out.load;
    if (const auto changes = load.find("changes")) {
        out.listed.emplace();
        decode_changes(context, *changes, *out.listed);
    }
    if (const auto replay = load.find("replay")) out.replay = decode_replay(context, *replay);
    if (const auto arrivals = load.find("arrivals")) out.arrivals = decode_arrivals(context, *arrivals);
    if (const auto people = load.find("people")) out.people = decode_people(context, *people);
    if (const auto events = load.find("events")) decode_events(context, *events, out);
    if (const auto past = load.find("past_queue")) out.past_queue = decode_past_queue(context, *past);
    if (const auto after = load.find("after_ejection")) out.after_ejection = decode_after_ejection(context, *after);
    if (const auto footprint = load.find("footprint")) out.footprint = decode_footprint(context, *footprint);
}

}  // namespace gatesim::document
