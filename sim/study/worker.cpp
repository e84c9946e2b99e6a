#include "study/worker.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "chance/asked.hpp"
#include "measure/meter.hpp"
#include "record/event_log.hpp"
#include "record/tables.hpp"
#include "record/trace.hpp"
#include "study/interrupt.hpp"
#include "study/little.hpp"
#include "study/replication.hpp"
#include "study/wanted_logs.hpp"

namespace gatesim {

namespace {

/// Notes who landed when.
class LandingList : public LedgerListener {
public:
    LandingList(const Cast& cast, bool reports_count) : cast_(cast), reports_count_(reports_count) {}

    void on(const Event& event, const Ledger& ledger) override {
        const bool landed = event.kind == EventKind::landed ||
                            (reports_count_ && event.kind == EventKind::reported && !ledger.lands(event.pipeline));
        if (landed) list_.push_back({cast_.changes[event.change].name, event.at});
    }
    SimulatedLandings list() && { return std::move(list_); }

private:
    const Cast& cast_;
    bool reports_count_;
    SimulatedLandings list_;
};

/// What a person would look at first.
class Highlights : public LedgerListener {
public:
    explicit Highlights(const Cast& cast) : cast_(cast) {}

    void on(const Event& event, const Ledger& ledger) override {
        if (!ledger.lands(event.pipeline)) return;
        const bool ejection = event.kind == EventKind::reported && event.outcome != Outcome::landed;
        if (ejection) suggest(3, event.change);
        if (event.kind == EventKind::arrived) suggest(1, event.change);
    }
    void reset(const ResetRecord& record, const Ledger& ledger) override {
        if (!ledger.lands(record.pipeline)) return;
        suggest(2, record.changes.front());
    }

    std::string example;

private:
    void suggest(int interest, ChangeId change) {
        if (interest <= interest_) return;
        interest_ = interest;
        example = cast_.changes[change].name;
    }

    const Cast& cast_;
    int interest_ = 0;
};

/// Says how far the replication is, a few times a second; how far by the share of the period that is over.
class ProgressTeller {
public:
    ProgressTeller(const Scenario& scenario, Time until, const std::function<void(const std::string&)>& say)
        : say_(say), length_(std::min(scenario.period.length, until)) {}

    void look(Time now) {
        if (length_ == kNever || (++calls_ & 1023) != 0) return;
        const auto wall = std::chrono::steady_clock::now();
        if (wall < due_) return;
        due_ = wall + std::chrono::milliseconds(200);
        say_(progress_line(std::min(1.0, seconds(now) / seconds(length_))));
    }

private:
    const std::function<void(const std::string&)>& say_;
    Time length_;
    std::uint32_t calls_ = 0;
    std::chrono::steady_clock::time_point due_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
};

std::uint64_t never_let_in(const Standings& standings) {
    std::uint64_t count = 0;
    for (const auto& e : standings.entries()) {
        if (e.standing == Standing::in_flight && e.first_enqueued == kNever) ++count;
    }
    return count;
}

/// A program outside decides; what it throws dice for, nobody here sees.
bool has_a_mind_of_its_own(const Scenario& scenario) {
    return std::any_of(scenario.pipelines.begin(), scenario.pipelines.end(),
                       [](const Pipeline& pipeline) { return pipeline.strategy.name.rfind("exec", 0) == 0; });
}

}  // namespace

bool keeps_tables(const StudyOptions& options, std::uint32_t number) {
    return options.tables == KeepTables::all || (options.tables == KeepTables::first && number == 1);
}

void work_on_replication(const Scenario& scenario, const StudyOptions& options, std::uint32_t number,
                         const std::function<void(const std::string&)>& say) {
    Cast cast;
    cast.scenario = &scenario;
    Ledger ledger(cast);
    Meter meter(scenario, options.warmup);
    ledger.add(meter);
    std::vector<std::unique_ptr<TableWriter>> tables;
    std::unique_ptr<EventLog> log;
    std::unique_ptr<TraceWriter> trace;
    if (keeps_tables(options, number)) {
        const std::string folder = options.scratch + "/" + std::to_string(number);
        std::error_code ignored;  // the writers will say what is wrong
        std::filesystem::create_directories(folder, ignored);
        tables = make_table_writers(folder, cast, number);
        for (auto& table : tables) ledger.add(*table);
        if (options.events) log = std::make_unique<EventLog>(folder + "/events.jsonl", cast, number);
        if (log) ledger.add(*log);
        if (options.trace && number == 1) trace = std::make_unique<TraceWriter>(folder + "/trace.json", cast);
        if (trace) ledger.add(*trace);
    }
    std::unique_ptr<FileListener> build_logs;
    if (wanted_logs() && number == 1) build_logs = wanted_logs()(cast, options.seed, number);
    if (build_logs) ledger.add(*build_logs);
    Narrator narrator(cast, "", 150);
    if (options.story && number == 1) ledger.add(narrator);
    Highlights highlights(cast);
    ledger.add(highlights);
    LimitWatch limits(scenario);
    ledger.add(limits);
    LandingList landings(cast, options.reports_as_landings);
    if (options.landings) ledger.add(landings);
    StayList stays(cast);
    if (options.stays) ledger.add(stays);
    FactMeter facts(scenario);
    if (options.facts) ledger.add(facts);

    std::vector<Observer*> observers;
    observers.push_back(&ledger);
    Stations stations;
    observers.push_back(&stations);
    ProgressTeller progress(scenario, options.until, say);
    const auto stop = [&] {
        progress.look(ledger.now());
        return InterruptGuard::count() > 0;
    };
    const std::uint64_t asked = draws_asked();
    const ReplicationResult result =
        run_replication(scenario, {options.seed, number, options.until, options.engine, stop}, cast, observers);

    // Reading a pipe that delivers nothing was cut short: no fault of the file's.
    if (InterruptGuard::count() > 0 && !result.unreadable.empty()) return;

    StudyProblem problem{"", 0, number};
    if (!result.broken.empty()) problem = {result.broken, 3, number};
    if (!result.unavailable.empty()) problem = {result.unavailable, 4, number};
    if (!result.unreadable.empty()) problem = {result.unreadable, 2, number};
    if (const std::string fault = stations.fault(); problem.text.empty() && !fault.empty())
        problem = {
            "a mistake of gatesim itself: Little's law does not hold, so no number of this run can be trusted\n  " +
                fault,
            4, number};
    for (auto& table : tables) {
        const std::string trouble = table->finish();
        if (!trouble.empty() && problem.text.empty()) problem = {trouble, 4, number};
    }
    std::string trouble = log ? log->finish() : "";
    if (trouble.empty() && trace) trouble = trace->finish();
    if (trouble.empty() && build_logs) trouble = build_logs->finish();
    if (!trouble.empty() && problem.text.empty()) problem = {trouble, 4, number};
    if (!problem.text.empty()) return say(problem_line(problem));

    ReplicationRecord record;
    record.number = number;
    record.cut = result.cut;
    record.events = result.events;
    record.values = meter.values();
    record.drew = draws_asked() != asked || has_a_mind_of_its_own(scenario);
    record.overloaded = meter.overloaded();
    record.never_let_in = never_let_in(meter.standings());
    record.stuck = result.stuck;
    record.never_at_rest = ledger.never_at_rest();
    record.rows = result.rows;
    record.missed = result.missed;
    record.limits = limits.uses();
    record.example = highlights.example;
    if (!narrator.too_long()) record.story = narrator.lines();
    record.landings = std::move(landings).list();
    record.stays = std::move(stays).list();
    if (options.series) record.series = meter.queue_series();
    if (options.facts) record.facts = facts.values();
    say(result_line(record));
}

}  // namespace gatesim
