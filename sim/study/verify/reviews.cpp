// R23: waiting for a reviewer. Reviewers who read day and night, a patch set each change, one approval.
#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "load/people/review_desk.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/theory.hpp"

namespace gatesim {

namespace {

constexpr double kReading = 1200;          // seconds a reading takes on average
constexpr std::uint64_t kChanges = 15000;  // a replication
const Rhythm kNoRhythm{};                  // readers here keep hours
constexpr ChangeId kWarm = 1500;           // not counted: the desk starts empty

/// Changes are uploaded as a Poisson stream; what is approved is sent to the gate.
class UploadsSource final : public Source, private ReviewListener {
public:
    UploadsSource(const Scenario& scenario, Luck luck, ReviewLoad review, double per_second)
        : scenario_(scenario), luck_(luck), review_(std::move(review)), per_second_(per_second) {}

    std::string start(Calendar& calendar, LoadDoor& door) override {
        calendar_ = &calendar;
        door_ = &door;
        desk_ = make_review_desk(review_, kNoRhythm, scenario_, luck_, calendar, door, *this);
        schedule_next();
        return {};
    }

private:
    void schedule_next() {
        if (number_ == kChanges) return;
        clock_ += -std::log(luck_.uniform(Purpose::arrival_gap, number_)) / per_second_;
        calendar_->at(
            from_seconds(clock_), Priority::deliver,
            [](void* self, std::uint64_t) { static_cast<UploadsSource*>(self)->upload(); }, this);
    }

    void upload() {
        Change change;
        change.name = "c" + std::to_string(++number_);
        change.project = 0;
        const ChangeId id = door_->introduce(std::move(change));
        Event event;
        event.kind = EventKind::uploaded;
        event.change = id;
        event.patchset = 1;
        event.value = 1;
        door_->tell(event);
        desk_->ask(id, 1, false);
        schedule_next();
    }

    void reviewed(ChangeId change, int, bool) override { door_->enqueue(change, 0, Why::arrived); }

    const Scenario& scenario_;
    Luck luck_;
    ReviewLoad review_;
    double per_second_;
    Calendar* calendar_ = nullptr;
    LoadDoor* door_ = nullptr;
    double clock_ = 0;
    std::uint64_t number_ = 0;
    std::unique_ptr<ReviewDesk> desk_;
};

/// From upload to the beginning of reading: the mean in mean readings, and the share of patch sets that waits at all.
class ReviewGauge final : public Gauge {
public:
    void on(const Event& event) override {
        if (event.kind == EventKind::uploaded) uploaded_at_[event.change] = event.at;
        if (event.kind != EventKind::review_started || event.change < kWarm) return;
        const Time wait = event.at - uploaded_at_[event.change];
        waited_ += seconds(wait) / kReading;
        waits_ += wait > 0 ? 1 : 0;
        ++read_;
    }

    std::vector<Share> read() const override { return {{waited_, read_}, {waits_, read_}}; }

private:
    std::vector<Time> uploaded_at_ = std::vector<Time>(kChanges);
    double waited_ = 0, waits_ = 0, read_ = 0;
};

ReviewLoad reviewers(int count, const Distribution& effort, const char* assignment, double share = 1) {
    ReviewLoad load;
    ReviewerClass kind;
    kind.name = "core";
    kind.count = count;
    kind.effort = effort;
    kind.share = share;
    load.reviewers = {kind};
    load.approvals = 1;
    load.assignment = assignment;
    return load;
}

/// `load`: readings asked for in the time of one reading.
ClosedForm reviews(std::string source, std::string assumes, std::string where, const ReviewLoad& review, double load,
                   std::vector<Quantity> quantities) {
    ClosedForm form;
    form.id = "R23";
    form.title = "Waiting for a reviewer";
    form.source = std::move(source);
    form.assumes = std::move(assumes);
    form.where = std::move(where);
    form.quantities = std::move(quantities);
    form.scenario = [] {
        Scenario s = wide_gate(kMinute, {});
        s.projects[0].pipelines[0].jobs[0].noop = true;
        let_stand(s, 0);  // no load of its own
        return s;
    };
    form.source_of_changes = [=](const Scenario& scenario, Luck luck) {
        return std::make_unique<UploadsSource>(scenario, luck, review, load / kReading);
    };
    form.gauge = [] { return std::make_unique<ReviewGauge>(); };
    return form;
}

ClosedForm one_queue(int c, double load, double tolerance) {
    return reviews("Erlang 1917",
                   "Poisson uploads, exponential effort, always at work, one queue for all, one approval",
                   fmt::format("c = {}, load {:g}, oldest_first", c, load),
                   reviewers(c, Distribution::exponential(kReading), "oldest_first"), load,
                   {{"wait / reading", theory::erlang_wait(c, load), tolerance},
                    {"share that waits", theory::erlang_c(c, load), kOnePercent}});
}

/// Drawn by chance, each reviewer has a Poisson stream of his own.
ClosedForm own_queues(int c, double load, double tolerance) {
    const double rho = load / c;
    return reviews(
        "Pollaczek 1930, Khinchine 1932",
        "Poisson uploads, exponential effort, always at work, each asked by chance, one approval",
        fmt::format("c = {}, load {:g}, random", c, load), reviewers(c, Distribution::exponential(kReading), "random"),
        load,
        {{"wait / reading", theory::single_server_wait(rho, 1), tolerance}, {"share that waits", rho, kOnePercent}});
}

/// Other work after each reading is service, too, as far as the next patch set is concerned.
ClosedForm part_time(double share, double rho, double tolerance) {
    return reviews("Pollaczek 1930, Khinchine 1932",
                   "Poisson uploads, one reviewer, constant effort, other work after each reading, one approval",
                   fmt::format("c = 1, {:g} % of the working time, busy {:g}", 100 * share, rho),
                   reviewers(1, Distribution::constant(kReading), "oldest_first", share), rho * share,
                   {{"wait / reading", theory::single_server_wait(rho, 0) / share, tolerance},
                    {"share that waits", rho, kOnePercent}});
}

}  // namespace

std::vector<ClosedForm> review_forms() {
    return {one_queue(2, 1.6, 0.025), one_queue(8, 6.4, 0.025), own_queues(3, 1.8, 0.025), part_time(0.25, 0.6, 0.015)};
}

}  // namespace gatesim
