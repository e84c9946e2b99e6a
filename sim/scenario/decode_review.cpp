// How patch sets are reviewed.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "scenario/instant.hpp"
#include "scenario/review_parts.hpp"

namespace gatesim::document {

namespace {

/// The weights of a map; `take` puts each away.
void decode_weights(Context& context, const View& map, const std::function<void(const Member&, const View&)>& take) {
    double sum = 0;
    for (std::size_t i = 0; i < map.node->members.size(); ++i) {
        const Member& member = map.node->members[i];
        if (member.key == "notes") continue;
        take(member, map.child(i));
        sum += member.value.number;
    }
    if (sum <= 0 && !context.errors.any())
        context.errors.add(map, "all weights are 0", "", "at least one weight above 0");
}

/// Hours of people: a zone that they name is where all of them are.
WeeklyHours decode_hours_of(Context& context, const View& people, const View& view,
                            std::vector<std::pair<std::string, double>>& zones) {
    WeeklyHours hours = decode_hours(context, view);
    if (hours.zone.empty()) return hours;
    if (people.find("zones"))
        context.errors.add(view, "zones says where they are, and the hours name a zone as well", "",
                           "hours without a zone, or no zones");
    zones = {{std::exchange(hours.zone, ""), 1.0}};
    return hours;
}

ReviewerClass decode_class(Context& context, const std::string& name, const View& view) {
    ReviewerClass out;
    out.name = name;
    if (const auto v = view.find("count")) out.count = static_cast<int>(v->node->number);
    if (const auto v = view.find("approves")) out.approves = v->node->flag;
    if (const auto v = view.find("asked")) {
        out.asked = static_cast<int>(v->node->number);
        if (out.approves) {
            context.errors.add(*v, "of reviewers who approve, as many are asked as it takes", "",
                               "approvals, or \"approves\": false");
        } else if (out.asked > out.count) {
            context.errors.add(*v, fmt::format("there are only {} of them", out.count));
        }
    }
    if (const auto v = view.find("zones")) out.zones = decode_zones(context, *v);
    if (const auto v = view.find("hours")) out.hours = decode_hours_of(context, view, *v, out.zones);
    if (const auto v = view.find("share")) {
        out.share = decode_share(*v);
        if (out.share <= 0)
            context.errors.add(*v, "who never reviews is no reviewer", "", "a share above 0%, up to 100%");
    }
    out.effort = decode_distribution(context, *view.find("effort"));
    if (const auto v = view.find("per_line")) {
        out.per_line = seconds(decode_time(*v));
        if (out.per_line > 0 && out.effort.mean() <= 0)
            context.errors.add(*v, "reading in proportion to the lines needs an effort above 0");
    }
    if (const auto v = view.find("reread")) out.reread = decode_share(*v);
    if (const auto v = view.find("care")) out.care = decode_share(*v);
    if (const auto v = view.find("care_alike")) out.care_alike = v->node->number;
    if (const auto v = view.find("false_alarm")) out.false_alarm = decode_share(*v);
    if (const auto v = view.find("unsure")) out.unsure = decode_share(*v);
    if (const auto v = view.find("firm")) out.firm = decode_share(*v);
    if (const auto v = view.find("projects")) out.projects = decode_project_weights(context, *v);
    return out;
}

SampledReview decode_sampled(Context& context, const View& view) {
    SampledReview out;
    out.latency = decode_distribution(context, *view.find("latency"));
    if (const auto v = view.find("care")) out.care = decode_share(*v);
    if (const auto v = view.find("false_alarm")) out.false_alarm = decode_share(*v);
    if (const auto v = view.find("zones")) out.zones = decode_zones(context, *v);
    if (const auto v = view.find("hours")) {
        out.hours = decode_hours_of(context, view, *v, out.zones);
        out.by_rhythm = v->node->kind == Node::Kind::text && v->node->text == "rhythm";
    }
    return out;
}

/// Keys that say nothing in this form of review: more likely a misunderstanding than a wish.
void refuse_keys(Context& context, const View& view, const std::vector<const char*>& keys, const char* other) {
    for (const char* key : keys)
        if (const auto v = view.find(key))
            context.errors.add(*v, fmt::format("it means nothing without {}", other), "",
                               fmt::format("{}, or leave it out", other));
}

void check_approvals(Context& context, const View& view, const ReviewLoad& review) {
    std::int64_t approvers = 0;
    for (const ReviewerClass& people : review.reviewers) {
        if (people.approves) approvers += people.count;
    }
    if (approvers >= review.approvals) return;
    const View where = view.find("approvals").value_or(*view.find("reviewers"));
    context.errors.add(where, fmt::format("a patch set needs {} approval{}, and {} may approve", review.approvals,
                                          review.approvals == 1 ? "" : "s",
                                          approvers == 0   ? "nobody"
                                          : approvers == 1 ? "one person"
                                                           : fmt::format("{} people", approvers)));
}

}  // namespace

std::vector<std::pair<std::string, double>> decode_zones(Context& context, const View& view) {
    std::vector<std::pair<std::string, double>> out;
    decode_weights(context, view, [&](const Member& member, const View& place) {
        if (const std::string problem = units::zone_problem(member.key); !problem.empty())
            context.errors.add(member.at, place.pointer, problem, units::nearest_zone(member.key),
                               "an IANA time zone (\"UTC\", \"Europe/Berlin\")");
        out.emplace_back(member.key, member.value.number);
    });
    return out;
}

std::vector<std::pair<ProjectId, double>> decode_project_weights(Context& context, const View& view) {
    std::vector<std::pair<ProjectId, double>> out;
    decode_weights(context, view, [&](const Member& member, const View& place) {
        if (const auto project = context.projects.find(member.key)) {
            out.emplace_back(*project, member.value.number);
        } else {
            context.errors.add(member.at, place.pointer, fmt::format("there is no project {}", quote(member.key)),
                               nearest(member.key, context.projects.list()),
                               "known: " + listing(context.projects.list()));
        }
    });
    return out;
}

ReviewLoad decode_review(Context& context, const View& view) {
    ReviewLoad out;
    if (view.find("latency")) {
        refuse_keys(context, view, {"approvals", "refuse", "assignment"}, "reviewers");
        out.sampled = decode_sampled(context, view);
        return out;
    }
    refuse_keys(context, view, {"zones", "hours", "care", "false_alarm"}, "latency");
    const View classes = *view.find("reviewers");
    for (std::size_t i = 0; i < classes.node->members.size(); ++i) {
        const Member& member = classes.node->members[i];
        if (member.key != "notes") out.reviewers.push_back(decode_class(context, member.key, classes.child(i)));
    }
    if (const auto v = view.find("approvals")) out.approvals = static_cast<int>(v->node->number);
    if (const auto v = view.find("refuse")) out.only_approvers_refuse = v->node->text == "approvers";
    if (const auto v = view.find("assignment")) out.assignment = v->node->text;
    check_approvals(context, view, out);
    return out;
}

}  // namespace gatesim::document
