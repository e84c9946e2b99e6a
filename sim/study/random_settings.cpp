#include "study/random_settings.hpp"

#include <algorithm>
#include <optional>

namespace gatesim {
namespace {

class Setter {
public:
    Setter(Scenario& scenario, bool coincide, const std::function<int(int)>& below)
        : s_(scenario), coincide_(coincide), below_(below) {}

    void set() {
        for (Project& project : s_.projects)
            for (ProjectPipeline& pipeline : project.pipelines)
                for (Job& job : pipeline.jobs)
                    if (chance(30)) set(job);
        if (chance(50)) vary(s_.failures.defect, 0.2);
        if (chance(20)) vary(s_.failures.semantic_conflict, 0.05);
        if (chance(20)) vary(s_.failures.textual_conflict, 0.05);
        if (chance(20)) vary(s_.failures.failed_submit, 0.2);
        if (s_.load.arrivals && chance(50)) vary(s_.load.arrivals->per_second, 0.2);
        for (std::uint32_t semaphore = 0; semaphore < s_.semaphores.size(); ++semaphore)
            if (chance(40)) limit(semaphore);
        if (chance(40)) trouble();
        if (s_.load.after_ejection.retry > 0 && chance(50)) vary(s_.failures.withdraw, 0.5);
        std::stable_sort(s_.timeline.begin(), s_.timeline.end(), comes_before);
    }

private:
    int below(int n) { return below_(n); }
    bool chance(int percent) { return below(100) < percent; }
    Time moment() { return (1 + below(40)) * 10 * kSecond + (coincide_ ? 0 : below(1000)); }

    void set(Job& job) {
        if (chance(50)) vary(job.flake, 0.3);
        if (chance(20)) vary(job.no_result, 0.3);
        if (chance(50)) vary(job.duration_scale, 3.0);
        if (chance(20)) vary(job.timeout, static_cast<Time>(40 * kSecond));
    }

    /// One step to something up to `most`, and one back to what it was.
    template <class T>
    void vary(Varying<T>& value, T most) {
        const Time from = moment();
        value.steps.push_back({from, static_cast<T>(most * static_cast<T>(1 + below(4)) / 4)});
        value.steps.push_back({from + moment(), value.first});
    }

    void limit(std::uint32_t semaphore) {
        const Time from = moment();
        for (const bool back : {false, true}) {
            TimelineStep& step = s_.timeline.emplace_back();
            step.at = back ? from + moment() : from;
            step.semaphore = semaphore;
            step.limit = back ? s_.semaphores[semaphore].limit : 1 + below(3);
        }
    }

    void trouble() {
        Trouble& trouble = s_.failures.troubles.emplace_back();
        trouble.name = "dated";
        trouble.comes_again = false;
        for (Time begin = moment(), n = 1 + below(2); n > 0; --n, begin += moment()) {
            trouble.dates.emplace_back(begin, begin + 10 * kSecond);
            begin += 10 * kSecond;
        }
        if (chance(50)) trouble.jobs.push_back(static_cast<JobId>(below(4)));
    }

    Scenario& s_;
    bool coincide_;
    const std::function<int(int)>& below_;
};

/// One that a scenario could set.
std::optional<ParameterValue> amount(const Parameter& parameter, const std::function<int(int)>& below) {
    const double high = std::min(parameter.high, parameter.kind == ParameterKind::time ? 200.0 * kSecond : 6.0);
    const double value = parameter.low + (high - parameter.low) * below(5) / 4;
    switch (parameter.kind) {
        case ParameterKind::count:
        case ParameterKind::time:
            return static_cast<std::int64_t>(value);
        case ParameterKind::number:
            return value;
        case ParameterKind::share:
            return std::min(parameter.high, 1.0) * below(5) / 4;
        default:
            return std::nullopt;
    }
}

void exempt_some(Scenario& scenario, const std::function<int(int)>& below) {
    Exempt& exempt = scenario.pipelines.front().exempt;
    if (below(3) == 0) exempt.priority = 1 + below(3);
    if (!scenario.load.listed) return;
    for (const ListedChange& change : scenario.load.listed->changes)
        if (below(4) == 0) exempt.changes.push_back(change.id);
}

}  // namespace

void set_by_time(Scenario& scenario, bool coincide, const std::function<int(int)>& below) {
    Setter(scenario, coincide, below).set();
}

void show_early(Scenario& scenario, const std::function<int(int)>& below) {
    for (Project& project : scenario.projects)
        for (ProjectPipeline& pipeline : project.pipelines)
            for (Job& job : pipeline.jobs)
                if (below(100) < 25) job.failure_shows_after = 0.1 * below(10);
}

void predict(Scenario& scenario, const std::function<int(int)>& below) {
    for (Predictor* predictor : {&scenario.signals.passes, &scenario.signals.conflicts}) {
        predictor->kind = static_cast<Predictor::Kind>(below(3));
        predictor->good_hits = 0.1 * (5 + below(6));
        predictor->bad_hits = 0.1 * (5 + below(6));
        predictor->auc = 0.5 + 0.05 * below(11);
        if (below(100) < 30) predictor->confidence = 0.5 * (1 + below(4));
    }
    if (below(100) < 50) scenario.signals.duration_error = 0.1 * below(6);
}

void retune_by_time(Scenario& scenario, const std::vector<Parameter>& parameters,
                    const std::function<int(int)>& below) {
    for (int i = 0; i < 2 && !parameters.empty(); ++i) {
        const Parameter& parameter = parameters[static_cast<std::size_t>(below(static_cast<int>(parameters.size())))];
        const auto value = amount(parameter, below);
        if (!value || parameter.high < parameter.low) continue;
        TimelineStep step;
        step.at = (1 + below(40)) * 10 * kSecond;
        step.pipeline = 0;
        step.values = {{parameter.name, *value}};
        scenario.timeline.insert(
            std::upper_bound(scenario.timeline.begin(), scenario.timeline.end(), step, comes_before), step);
    }
}

void hold_by_time(Scenario& scenario, bool coincide, const std::function<int(int)>& below) {
    const auto moment = [&] { return (1 + below(30)) * 10 * kSecond + (coincide ? 0 : below(1000)); };
    const auto add = [&](Time at, Hold hold) {
        TimelineStep& step = scenario.timeline.emplace_back();
        step.at = at;
        step.pipeline = 0;
        step.hold = hold;
    };
    const int freezes = below(3), pauses = below(2) + (freezes == 0);
    for (int i = 0; i < freezes + pauses; ++i) {
        const bool freeze = i < freezes;
        const Time from = below(8) == 0 ? 0 : moment();
        add(from, freeze ? Hold::freeze : Hold::pause);
        if (below(20) != 0) add(from + moment(), freeze ? Hold::thaw : Hold::resume);  // else it lasts for ever
    }
    std::stable_sort(scenario.timeline.begin(), scenario.timeline.end(), comes_before);
    exempt_some(scenario, below);
}

void hold_by_week(Scenario& scenario, bool coincide, const std::function<int(int)>& below) {
    Pipeline& gate = scenario.pipelines.front();
    const auto moment = [&](int most) { return (1 + below(most)) * 10 * kSecond + (coincide ? 0 : below(1000)); };
    const auto hours = [&](Hold begins, Hold ends) {
        std::vector<WeeklyHours::Span> shifts;
        for (int i = 1 + below(3); i > 0; --i) {
            const Time from = below(6) == 0 ? 0 : moment(40);
            shifts.push_back({from, from + moment(20)});
        }
        for (const Hold hold : {begins, ends}) {
            TimelineStep& step = scenario.timeline.emplace_back();
            step.at = kNever;
            step.pipeline = 0;
            step.hold = hold;
            step.by_hours = true;
        }
        return WeeklyHours::of(std::move(shifts));
    };
    const int which = below(4);  // both, or one
    if (which != 0) gate.freeze_hours = hours(Hold::freeze, Hold::thaw);
    if (which < 2) gate.pause_hours = hours(Hold::pause, Hold::resume);
    exempt_some(scenario, below);
    // Weeks pass between two turns: troubles by the minute would be most of what happens.
    for (Trouble& trouble : scenario.failures.troubles)
        if (trouble.comes_again) trouble.every = Distribution::exponential(24 * 3600);
}

}  // namespace gatesim
