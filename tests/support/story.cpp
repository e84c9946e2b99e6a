#include "support/story.hpp"

#include <algorithm>

#include "kernel/engine.hpp"
#include "study/world.hpp"

namespace gatesim {
namespace {

std::string number(Time time) {
    return time % kSecond == 0 ? std::to_string(time / kSecond) : std::to_string(seconds(time));
}

const char* word(Result result) {
    switch (result) {
        case Result::success:
            return "success";
        case Result::canceled:
            return "canceled";
        case Result::retry:
            return "retry";
        default:
            return "failure";
    }
}

const char* word(Outcome outcome) {
    switch (outcome) {
        case Outcome::conflict:
            return "conflict";
        case Outcome::submit_failed:
            return "submit_failed";
        case Outcome::dependency_failed:
            return "dependency_failed";
        case Outcome::config_error:
            return "config_error";
        case Outcome::no_jobs:
            return "no_jobs";
        default:
            return "failure";
    }
}

class Writer final : public Observer {
public:
    explicit Writer(const Cast& cast) : cast_(cast) {}
    std::vector<std::string> lines;
    int escaped = 0;

    void on(const Event& e) override {
        const std::string when = number(e.at) + " ";
        switch (e.kind) {
            case EventKind::build_started: {
                std::string ahead;
                for (ChangeId c : e.chain) ahead += " " + cast_.changes[c].name;
                const std::string build = cast_.changes[e.change].name + "/" + cast_.scenario->job_names[e.job];
                builds_.resize(std::max<std::size_t>(builds_.size(), e.build + 1));
                builds_[e.build] = build;
                lines.push_back(when + build + " on" + (ahead.empty() ? " base" : ahead));
                break;
            }
            case EventKind::build_ended:
                lines.push_back(when + builds_.at(e.build) + " " + word(e.result));
                break;
            case EventKind::unreported:
                lines.push_back(when + cast_.changes[e.change].name + "/" + cast_.scenario->job_names[e.job] +
                                " never reports");
                break;
            case EventKind::build_failing:
                lines.push_back(when + builds_.at(e.build) + " will fail");
                break;
            case EventKind::reported:
                lines.push_back(when + cast_.changes[e.change].name +
                                (e.outcome == Outcome::landed    ? " landed"
                                 : e.outcome == Outcome::success ? " passed"
                                 : e.pipeline != 0               ? " did not pass"
                                                                 : std::string(" ejected ") + word(e.outcome)));
                break;
            case EventKind::awaits_check:
                lines.push_back(when + cast_.changes[e.change].name + " awaits its check");
                break;
            case EventKind::refused:
                if (e.reason.why == Why::check_failed)
                    lines.push_back(when + cast_.changes[e.change].name + " is not let in");
                break;
            case EventKind::noticed:
                lines.push_back(when + cast_.changes[e.change].name + " noticed");
                break;
            case EventKind::landed:
                escaped += e.cause != Cause::none;
                break;
            case EventKind::reverted:
                lines.push_back(when + cast_.changes[e.change].name + " reverted");
                break;
            case EventKind::reset:
                lines.push_back(when + cast_.changes[e.change].name + " reset");
                break;
            default:
                break;
        }
    }

private:
    const Cast& cast_;
    std::vector<std::string> builds_;
};

}  // namespace

Story::Story(const std::string& strategy, ParameterValues values) {
    Pipeline gate;
    gate.name = "gate";
    gate.strategy = {strategy, std::move(values)};
    scenario_.pipelines = {gate};
    scenario_.labels = {"any"};
    Pool pool;
    pool.name = "any";
    pool.labels = {0};
    scenario_.pools = {pool};
    scenario_.projects = {{"p", {{0, "", {}}}}};
    scenario_.load.listed.emplace();
}

JobId Story::job_id(const std::string& name) {
    auto& names = scenario_.job_names;
    return static_cast<JobId>(std::find(names.begin(), names.end(), name) - names.begin());
}

Job& Story::job(const std::string& name, double duration) {
    Job job;
    job.id = static_cast<JobId>(scenario_.job_names.size());
    job.duration.a = duration;
    job.label = 0;
    scenario_.job_names.push_back(name);
    auto& jobs = scenario_.projects.front().pipelines.front().jobs;
    jobs.push_back(job);
    return jobs.back();
}

Story::Teller Story::change(const std::string& id, double at) {
    ListedChange change;
    change.id = id;
    change.enqueue_at = {{0, from_seconds(at)}};
    scenario_.load.listed->changes.push_back(change);
    return Teller(*this, scenario_.load.listed->changes.size() - 1);
}

Story::Teller Story::about(const std::string& id) {
    const auto& changes = scenario_.load.listed->changes;
    const auto found = std::find_if(changes.begin(), changes.end(), [&](const auto& c) { return c.id == id; });
    return Teller(*this, static_cast<std::size_t>(found - changes.begin()));
}

void Story::event(double at, ScriptedEventKind kind, std::vector<std::string> changes) {
    ScriptedEvent event;
    event.at = from_seconds(at);
    event.kind = kind;
    event.changes = std::move(changes);
    event.pipeline = 0;
    scenario_.load.listed->events.push_back(event);
}

ListedChange& Story::Teller::change() {
    return story_.scenario_.load.listed->changes[index_];
}

ScriptedRun& Story::Teller::run(const std::string& job) {
    const JobId id = story_.job_id(job);
    for (ScriptedRun& run : change().jobs)
        if (run.job == id) return run;
    change().jobs.push_back({});
    change().jobs.back().job = id;
    return change().jobs.back();
}

Story::Teller& Story::Teller::fails(const std::string& job, double after) {
    run(job).fails = true;
    if (after > 0) run(job).duration = from_seconds(after);
    return *this;
}

Story::Teller& Story::Teller::lasts(const std::string& job, double duration) {
    run(job).duration = from_seconds(duration);
    return *this;
}

Story::Teller& Story::Teller::needs(const std::string& other) {
    change().depends_on.push_back(other);
    return *this;
}

Story::Teller& Story::Teller::conflicts(const std::string& other) {
    change().conflicts_with.push_back(other);
    return *this;
}

Story::Teller& Story::Teller::refused() {
    change().fail_merge = true;
    return *this;
}

Story::Teller& Story::Teller::breaks(const std::string& job) {
    change().breaks.push_back(story_.job_id(job));
    return *this;
}

Story::Teller& Story::Teller::fails_with(const std::string& job, const std::string& other) {
    run(job).fails_with.push_back(other);
    return *this;
}

Story::Teller& Story::Teller::flakes(const std::string& job, std::vector<int> runs) {
    run(job).fails_on_run = std::move(runs);
    return *this;
}

Story::Teller& Story::Teller::hangs(const std::string& job, std::vector<int> runs) {
    run(job).hangs_on_run = std::move(runs);
    return *this;
}

Story::Teller& Story::Teller::never_reports(const std::string& job) {
    run(job).never_reports = true;
    return *this;
}

std::vector<std::string> Story::run() {
    Calendar calendar;
    Cast cast;
    Writer writer(cast);
    World world(scenario_, Luck(1, 1), calendar, cast, {&writer}, {});
    world.start();
    make_heap_engine()->run(calendar, kNever, [&] { return !world.broken().empty(); });
    stuck_ = world.account_for_the_rest();
    broken_ = world.broken();
    escaped_ = writer.escaped;
    return writer.lines;
}

std::string Story::told() {
    std::string text;
    for (const std::string& line : run()) text += line + "\n";
    return text;
}

std::string Story::outcomes() {
    std::string text;
    for (const std::string& line : run())
        if (line.find(" landed") != std::string::npos || line.find(" ejected") != std::string::npos)
            text += line + "\n";
    return text;
}

Story waiting(const std::string& strategy, int count, const std::string& bad, ParameterValues values) {
    Story story(strategy, std::move(values));
    story.job("t", 60);
    for (int i = 0; i < count; ++i) {
        const std::string name(1, static_cast<char>('A' + i));
        story.change(name, 0);
        if (bad.find(name) != std::string::npos) story.about(name).breaks("t");
    }
    return story;
}

}  // namespace gatesim
