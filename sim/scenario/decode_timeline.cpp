// The timeline: what is set to another value in the course of a run.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/check.hpp"
#include "scenario/decode.hpp"
#include "scenario/field.hpp"
#include "scenario/read_json.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"

namespace gatesim::document {

namespace {

/// One pointer of `set`, with its value and the tokens of the pointer.
struct Setting {
    Context& context;
    Time at;
    View value;
    std::vector<std::string> tokens;
    Position key_at;
    std::string pointer;  ///< where the setting itself stands
};

template <class T>
void add_step(Varying<T>& varying, Time at, T value) {
    const auto behind = std::upper_bound(varying.steps.begin(), varying.steps.end(), at,
                                         [](Time time, const Step<T>& step) { return time < step.from; });
    varying.steps.insert(behind, {at, value});
}

double share(const Setting& setting) {
    return decode_share(setting.value);
}

std::optional<std::uint32_t> named(const Setting& setting, std::size_t token, const char* what, const Names& names) {
    const std::string& name = setting.tokens[token];
    const auto found = names.find(name);
    if (!found)
        setting.context.errors.add(setting.key_at, setting.pointer, fmt::format("there is no {} {}", what, quote(name)),
                                   nearest(name, names.list()), "known: " + listing(names.list()));
    return found;
}

/// The job that the pointer names, or all shards of it; reports an unknown one.
std::vector<std::uint32_t> jobs_meant(const Setting& setting) {
    const std::vector<std::uint32_t> ids = jobs_named(setting.context, setting.tokens[1]);
    if (ids.empty()) named(setting, 1, "job", setting.context.jobs);
    return ids;
}

/// In every project and pipeline that runs it.
template <class T>
void set_job(const Setting& setting, Varying<T> Job::*member, T value) {
    const std::vector<std::uint32_t> ids = jobs_meant(setting);
    for (Project& project : setting.context.out.projects)
        for (ProjectPipeline& pipeline : project.pipelines)
            for (Job& job : pipeline.jobs)
                if (std::find(ids.begin(), ids.end(), job.id) != ids.end()) add_step(job.*member, setting.at, value);
}

void set_scale(const Setting& setting) {
    set_job(setting, &Job::duration_scale, setting.value.node->number);
    const std::vector<std::uint32_t> ids = jobs_named(setting.context, setting.tokens[1]);
    for (const Project& project : setting.context.out.projects)
        for (const ProjectPipeline& pipeline : project.pipelines)
            for (const Job& job : pipeline.jobs)
                if (job.duration_scale.first == 0 && std::find(ids.begin(), ids.end(), job.id) != ids.end()) {
                    setting.context.errors.add(setting.key_at, setting.pointer,
                                               "the job takes no time to begin with (duration_scale 0)");
                    return;
                }
}

template <PoolNumber number>
void set_pool(const Setting& setting) {
    const auto pool = named(setting, 1, "pool", setting.context.pools);
    if (!pool) return;
    const bool unlimited = setting.value.node->kind == Node::Kind::text;
    TimelineStep& step = setting.context.out.timeline.back();
    step.pool = *pool;
    step.nodes = unlimited ? kUnlimited : static_cast<std::int64_t>(setting.value.node->number);
    step.number = number;
    if (number != PoolNumber::nodes && !setting.context.out.pools[*pool].life)
        setting.context.errors.add(setting.key_at, setting.pointer, "the pool does not live: it has no min and no max",
                                   "", "/pools/NAME/nodes, or a pool with scaling, min or max");
}

void set_semaphore(const Setting& setting) {
    const auto semaphore = named(setting, 2, "semaphore", setting.context.semaphores);
    if (!semaphore) return;
    TimelineStep& step = setting.context.out.timeline.back();
    step.semaphore = *semaphore;
    step.limit = static_cast<int>(setting.value.node->number);
}

void set_rate(const Setting& setting) {
    if (!setting.context.out.load.arrivals) {
        setting.context.errors.add(setting.key_at, setting.pointer, "no change arrives by a rate here", "",
                                   "load.arrivals", "/load/arrivals");
        return;
    }
    ArrivalLoad& arrivals = *setting.context.out.load.arrivals;
    const std::string& rate = setting.value.node->text;
    add_step(arrivals.per_second, setting.at, units::read_rate(rate).value.value_or(0));
    add_step(arrivals.per, setting.at, units::rate_per(rate));
}

template <Varying<double> Failures::*member>
void set_failure(const Setting& setting) {
    add_step(setting.context.out.failures.*member, setting.at, share(setting));
}

void set_hold(const Setting& setting, Hold on, Hold off) {
    TimelineStep& step = setting.context.out.timeline.back();
    const auto pipeline = named(setting, 1, "pipeline", setting.context.pipelines);
    if (!pipeline || !may_be_held(setting.context, setting.value, *pipeline)) return;
    step.pipeline = *pipeline;
    step.hold = setting.value.node->flag ? on : off;
    step.value = setting.value.node->flag ? "true" : "false";
}

/// The race by its name, or by its place in the list.
void set_race(const Setting& setting) {
    std::vector<Race>& listed = setting.context.out.failures.races.listed;
    const std::string& token = setting.tokens[3];
    auto found = std::find_if(listed.begin(), listed.end(), [&](const Race& race) { return race.name == token; });
    if (found == listed.end())
        found = std::find_if(listed.begin(), listed.end(),
                             [&](const Race& race) { return std::to_string(&race - listed.data()) == token; });
    if (found != listed.end()) return add_step(found->strength, setting.at, share(setting));
    const std::vector<std::string> names = race_names(setting.context);
    setting.context.errors.add(setting.key_at, setting.pointer, fmt::format("there is no race {}", quote(token)),
                               nearest(token, names), names.empty() ? "no race is listed" : "known: " + listing(names));
}

struct Settable {
    const char* pattern;  ///< in the field table, too: what may stand there
    void (*set)(const Setting&);
};

const Settable kSettable[] = {
    {"/pools/*/nodes", set_pool<PoolNumber::nodes>},
    {"/pools/*/min", set_pool<PoolNumber::min>},
    {"/pools/*/max", set_pool<PoolNumber::max>},
    {"/jobs/*/duration_scale", set_scale},
    {"/jobs/*/flake", [](const Setting& s) { set_job(s, &Job::flake, share(s)); }},
    {"/jobs/*/no_result", [](const Setting& s) { set_job(s, &Job::no_result, share(s)); }},
    {"/jobs/*/never_reports", [](const Setting& s) { set_job(s, &Job::never_reports, share(s)); }},
    {"/jobs/*/hangs", [](const Setting& s) { set_job(s, &Job::hangs, share(s)); }},
    {"/jobs/*/timeout", [](const Setting& s) { set_job(s, &Job::timeout, decode_time(s.value)); }},
    {"/defaults/semaphores/*", set_semaphore},
    {"/load/arrivals/rate", set_rate},
    {"/pipelines/*/frozen", [](const Setting& s) { set_hold(s, Hold::freeze, Hold::thaw); }},
    {"/pipelines/*/paused", [](const Setting& s) { set_hold(s, Hold::pause, Hold::resume); }},
    {"/failures/defect", set_failure<&Failures::defect>},
    {"/failures/semantic_conflict", set_failure<&Failures::semantic_conflict>},
    {"/failures/textual_conflict", set_failure<&Failures::textual_conflict>},
    {"/failures/failed_submit", set_failure<&Failures::failed_submit>},
    {"/failures/withdraw", set_failure<&Failures::withdraw>},
    {"/failures/races/listed/*/strength", set_race},
};

bool matches(const std::string& pattern, const std::vector<std::string>& tokens) {
    const auto wanted = *split_pointer(pattern);
    return wanted.size() == tokens.size() &&
           std::equal(wanted.begin(), wanted.end(), tokens.begin(),
                      [](const auto& w, const auto& t) { return w == "*" || w == t; });
}

/// With `name` where a name stands.
std::vector<std::string> settable_pointers(const std::string& name) {
    std::vector<std::string> out;
    for (const Settable& one : kSettable) {
        std::string pointer = one.pattern;
        if (const auto star = pointer.find('*'); star != std::string::npos) pointer.replace(star, 1, name);
        out.push_back(pointer);
    }
    out.insert(out.end(), {"/strategy/PARAMETER", "/pipelines/NAME/strategy/PARAMETER"});
    return out;
}

/// Whether the value is one that the scenario could hold at this place; reports what is wrong with it.
bool is_allowed(const Setting& setting, const std::string& pattern) {
    const auto place = locate(pattern);
    const Sources no_names(setting.value.node->at.source + 1);
    Errors found(no_names);
    check(setting.value, *place->shapes, found);
    const std::vector<Diagnostic> problems = found.take();
    for (const Diagnostic& problem : problems)
        setting.context.errors.add(setting.value, problem.what, problem.suggestion, words(*place->shapes), pattern);
    if (!problems.empty()) return false;
    // A place that takes a list as well (steps of its own) cannot be set to one.
    if (setting.value.node->kind != Node::Kind::list) return true;
    setting.context.errors.add(setting.value, "a list is no value to be set", "", "a single value");
    return false;
}

/// "/strategy/window" or "/pipelines/gate/strategy/window": the pipelines whose strategy is meant.
std::vector<PipelineId> tuned_pipelines(const Setting& setting) {
    std::vector<PipelineId> out;
    if (setting.tokens.front() == "pipelines") {
        if (const auto one = named(setting, 1, "pipeline", setting.context.pipelines)) out.push_back(*one);
        return out;
    }
    for (PipelineId id = 0; id < setting.context.out.pipelines.size(); ++id) {
        const Pipeline& pipeline = setting.context.out.pipelines[id];
        const auto own = setting.context.at({"pipelines", pipeline.name.c_str(), "strategy"});
        if (pipeline.manager == Manager::dependent && !own) out.push_back(id);
    }
    if (out.empty())
        setting.context.errors.add(setting.key_at, setting.pointer, "every pipeline has a strategy of its own", "",
                                   "/pipelines/NAME/strategy/PARAMETER");
    return out;
}

bool sets_strategy(const std::vector<std::string>& tokens) {
    return (tokens.size() == 2 && tokens[0] == "strategy") ||
           (tokens.size() == 4 && tokens[0] == "pipelines" && tokens[2] == "strategy");
}

/// What a strategy goes by can change if it is an amount: words and flags decide what it is.
void set_parameter(const Setting& setting, const TimelineStep& step) {
    std::vector<TimelineStep>& timeline = setting.context.out.timeline;
    timeline.pop_back();
    for (const PipelineId pipeline : tuned_pipelines(setting)) {
        const StrategyChoice& choice = setting.context.out.pipelines[pipeline].strategy;
        StrategyChoice changed{choice.name, {}};
        if (!decode_parameter(setting.context, setting.value, setting.tokens.back(), setting.key_at, changed)) return;
        if (const ParameterValue& value = changed.values.front().second;
            std::holds_alternative<bool>(value) || std::holds_alternative<std::string>(value)) {
            setting.context.errors.add(setting.key_at, setting.pointer,
                                       fmt::format("{} of {} cannot be set while time passes: it is no amount",
                                                   quote(setting.tokens.back()), choice.name),
                                       "", "a parameter that is a number, a share or a time", choice.name);
            return;
        }
        timeline.push_back(step);
        timeline.back().pipeline = pipeline;
        timeline.back().values = changed.values;
    }
}

void decode_setting(Context& context, Time at, const View& set, std::size_t index) {
    const Member& member = set.node->members[index];
    if (member.key == "notes") return;
    const auto tokens = split_pointer(member.key);
    Setting setting{context,          at,
                    set.child(index), tokens.value_or(std::vector<std::string>{}),
                    member.at,        below(set.pointer, member.key)};
    TimelineStep step;
    step.at = at;
    step.pointer = member.key;
    step.value = setting.value.node->kind == Node::Kind::text ? setting.value.node->text : to_json(*setting.value.node);
    context.out.timeline.push_back(step);
    if (sets_strategy(setting.tokens)) return set_parameter(setting, step);
    for (const Settable& one : kSettable)
        if (matches(one.pattern, setting.tokens)) {
            if (is_allowed(setting, one.pattern)) one.set(setting);
            return;
        }
    const std::string name = setting.tokens.size() > 1 ? setting.tokens[1] : "NAME";
    context.errors.add(member.at, setting.pointer, fmt::format("{} cannot be set while time passes", quote(member.key)),
                       nearest(member.key, settable_pointers(name)),
                       "what can be set: " + listing(settable_pointers("NAME")));
}

}  // namespace

void decode_timeline(Context& context) {
    const auto timeline = context.root.find("timeline");
    for (std::size_t i = 0; timeline && i < timeline->node->members.size(); ++i) {
        const View step = timeline->child(i);
        const auto at = decode_moment(context, *step.find("at"));
        const View set = *step.find("set");
        for (std::size_t s = 0; at && s < set.node->members.size(); ++s) decode_setting(context, *at, set, s);
    }
    std::stable_sort(context.out.timeline.begin(), context.out.timeline.end(), comes_before);
}

}  // namespace gatesim::document
