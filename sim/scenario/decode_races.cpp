// Race conditions of the branch, and what they depend on.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/change_parts.hpp"
#include "scenario/hours_form.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::document {

namespace {

/// Pools by what they are called, or by where they are, or whose; reports a name that none has.
std::vector<PoolId> decode_place(Context& context, const View& name, const std::string& key) {
    std::vector<PoolId> out;
    std::vector<std::string> known;
    for (PoolId id = 0; id < context.out.pools.size(); ++id) {
        const Pool& pool = context.out.pools[id];
        const std::string& own = key == "pool" ? pool.name : key == "region" ? pool.region : pool.provider;
        if (own == name.node->text) out.push_back(id);
        if (!own.empty() && std::find(known.begin(), known.end(), own) == known.end()) known.push_back(own);
    }
    if (out.empty() && known.empty())
        context.errors.add(name, fmt::format("no pool has a {}", key), "", fmt::format("/pools/NAME/{}", key));
    else if (out.empty())
        context.errors.unknown_name(name, key, known);
    return out;
}

/// Whether a change of that name may come.
bool is_change(Context& context, const std::string& name) {
    const auto load = context.root.find("load");
    return context.changes.find(name) || (load && is_name_of_stream(*load, name));
}

void decode_together(Context& context, const View& name, RaceFactor& out) {
    if (const auto project = context.projects.find(name.node->text)) out.project = *project;
    if (is_change(context, name.node->text)) out.change = name.node->text;
    if (out.project != kNone || !out.change.empty()) return;
    std::vector<std::string> known = context.projects.list();
    known.insert(known.end(), context.changes.list().begin(), context.changes.list().end());
    context.errors.unknown_name(name, "project or change", known);
}

void decode_dates(Context& context, const View& view, RaceFactor& out) {
    const auto from = view.find("from"), until = view.find("until");
    if (from) out.from = decode_moment(context, *from).value_or(0);
    if (until) out.until = decode_moment(context, *until).value_or(kNever);
    if (until && out.until <= out.from)
        context.errors.add(*until, "it ends before it begins", "", "a moment after from");
}

RaceFactor decode_factor(Context& context, const View& view) {
    using Kind = RaceFactor::Kind;
    RaceFactor out;
    for (const char* key : {"pool", "region", "provider", "hours", "concurrency", "with", "after", "from", "until"}) {
        const auto value = view.find(key);
        if (!value) continue;
        out.value += (out.key.empty() ? "" : " until ") +
                     (value->node->kind == Node::Kind::text ? value->node->text : to_json(*value->node));
        if (out.key.empty()) out.key = key;
    }
    if (const auto until = view.find("until"); until && out.key != "from" && out.key != "until")
        context.errors.add(*until, fmt::format("{} has no end", out.key), "", "until goes with from, or alone");
    const auto value = out.key.empty() ? std::nullopt : view.find(out.key);
    if (!value) {
        context.errors.add(view, "it names nothing that the race depends on", "", "one key, or no factor");
    } else if (out.key == "pool" || out.key == "region" || out.key == "provider") {
        out.kind = Kind::place;
        out.pools = decode_place(context, *value, out.key);
    } else if (out.key == "hours") {
        out.kind = Kind::hours;
        out.hours = decode_hours(context, *value);
    } else if (out.key == "concurrency") {
        out.kind = Kind::concurrency;
        out.concurrency = static_cast<int>(value->node->number);
    } else if (out.key == "with") {
        out.kind = Kind::together;
        decode_together(context, *value, out);
    } else if (out.key == "after") {
        out.kind = Kind::after;
        out.change = value->node->text;
        if (!is_change(context, out.change)) context.errors.unknown_name(*value, "change", context.changes.list());
    } else {
        out.kind = Kind::dates;
        decode_dates(context, view, out);
    }
    return out;
}

/// "race-7": how one that is born is called.
bool is_name_of_born(const std::string& name) {
    return name.rfind("race-", 0) == 0 && name.size() > 5 &&
           name.find_first_not_of("0123456789", 5) == std::string::npos;
}

void check_name(Context& context, const View& view, const std::vector<Race>& before) {
    const std::string& name = view.node->text;
    if (std::any_of(before.begin(), before.end(), [&](const Race& race) { return race.name == name; }))
        context.errors.add(view, fmt::format("there are two races {}", quote(name)), "", "another name");
    else if (is_name_of_born(name))
        context.errors.add(view, fmt::format("{} is what a race that is born is called", quote(name)), "",
                           "another name");
}

Race decode_listed(Context& context, const View& view) {
    Race out;
    out.name = view.find("name")->node->text;
    out.strength = decode_share(*view.find("strength"));
    const auto jobs = view.find("jobs");
    for (std::size_t i = 0; jobs && i < jobs->node->members.size(); ++i)
        for (const std::uint32_t job : resolve_jobs(context, jobs->child(i))) out.jobs.push_back(job);
    if (const auto v = view.find("factor")) out.factor = decode_factor(context, *v);
    if (const auto v = view.find("at")) out.from = decode_moment(context, *v).value_or(0);
    if (const auto v = view.find("until")) {
        out.until = decode_moment(context, *v).value_or(kNever);
        if (out.until <= out.from) context.errors.add(*v, "it is fixed before it is there", "", "a moment after at");
    }
    if (const auto fingerprint = view.find("fingerprint")) {
        if (const auto v = fingerprint->find("layer")) out.fingerprint.layer = v->node->text;
        if (const auto v = fingerprint->find("lines")) out.fingerprint.lines = decode_texts(*v);
    }
    return out;
}

Distribution decode_strength(Context& context, const View& view) {
    if (view.node->kind == Node::Kind::text) return Distribution::constant(decode_share(view));
    const View p50 = *view.find("p50"), p95 = *view.find("p95");
    const double half = decode_share(p50), most = decode_share(p95);
    if (half > 0 && most >= half) return Distribution::lognormal_p50_p95(half, most);
    context.errors.add(half > 0 ? p95 : p50, half > 0 ? "p95 is below p50" : "half of them are not there at all", "",
                       half > 0 ? "" : "a share above 0%");
    return {};
}

void decode_factors(Context& context, const View& view, RaceBirths& out) {
    const std::pair<const char*, double*> shares[] = {{"region", &out.region},
                                                      {"provider", &out.provider},
                                                      {"hours", &out.hours},
                                                      {"with", &out.with},
                                                      {"concurrency", &out.concurrency}};
    double sum = 0;
    for (const auto& [key, share] : shares) {
        if (const auto v = view.find(key)) *share = decode_share(*v);
        sum += *share;
    }
    if (sum > 1 + 1e-9)
        context.errors.add(view, fmt::format("that is {:.6g} % of all races", 100 * sum), "", "100% together, or less");
    if (const auto v = view.find("crowd")) out.crowd = static_cast<int>(v->node->number);
}

RaceBirths decode_births(Context& context, const View& view) {
    RaceBirths out;
    out.per_landing = decode_share(*view.find("per_landing"));
    out.strength = decode_strength(context, *view.find("strength"));
    if (const auto v = view.find("jobs")) out.jobs = static_cast<int>(v->node->number);
    if (const auto v = view.find("factors")) decode_factors(context, *v, out);
    if (const auto v = view.find("fades")) out.fades = decode_distribution(context, *v);
    return out;
}

RaceHandling decode_handling(Context& context, const View& view) {
    RaceHandling out;
    if (const auto v = view.find("look")) out.look = decode_share(*v);
    if (const auto v = view.find("classify")) out.classify = decode_distribution(context, *v);
    if (const auto v = view.find("urgent")) out.urgent = static_cast<int>(v->node->number);
    if (const auto v = view.find("fix")) out.fix = decode_distribution(context, *v);
    if (const auto v = view.find("revert")) out.revert = decode_share(*v);
    if (const auto v = view.find("quarantine")) out.quarantine = static_cast<int>(v->node->number);
    return out;
}

}  // namespace

void decode_races(Context& context) {
    const auto races = context.at({"failures", "races"});
    if (!races) return;
    Races& out = context.out.failures.races;
    if (const auto v = races->find("classification")) out.classification = v->node->text == "on";
    if (const auto v = races->find("born")) out.born = decode_births(context, *v);
    if (const auto v = races->find("handling")) out.handling = decode_handling(context, *v);
    const auto listed = races->find("listed");
    for (std::size_t i = 0; listed && i < listed->node->members.size(); ++i) {
        const View view = listed->child(i);
        check_name(context, *view.find("name"), out.listed);
        out.listed.push_back(decode_listed(context, view));
    }
}

std::vector<std::string> race_names(const Context& context) {
    std::vector<std::string> out;
    for (const Race& race : context.out.failures.races.listed) out.push_back(race.name);
    return out;
}

}  // namespace gatesim::document
