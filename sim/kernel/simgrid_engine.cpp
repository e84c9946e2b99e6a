#include "kernel/simgrid_engine.hpp"

#include <xbt/log.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <simgrid/kernel/resource/Model.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/NetZone.hpp>
#include <stdexcept>

#include "kernel/simgrid_processor.hpp"

namespace gatesim {

const bool kSimgridThere = true;

namespace {

namespace s4u = simgrid::s4u;

// How far SimGrid's clock may fall short of an instant, in seconds, and still have reached it: less than half a
// microsecond, more than the error of its sums.
constexpr double kReached = 0.25e-6;

bool made = false;

// SimGrid installs handlers of its own when its engine is made; whatever was there before is put back.
class KeepSignals {
public:
    KeepSignals() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], nullptr, &before_[i]);
    }
    ~KeepSignals() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
    }
    KeepSignals(const KeepSignals&) = delete;
    KeepSignals& operator=(const KeepSignals&) = delete;

private:
    static constexpr std::array<int, 4> kSignals = {SIGINT, SIGSEGV, SIGBUS, SIGTERM};
    std::array<struct sigaction, 4> before_{};
};

// Leaves SimGrid's loop between two instants; SimGrid has no other way out of it.
struct Stop {};

class Driver;

// How SimGrid learns the calendar's next date.
class CalendarModel final : public simgrid::kernel::resource::Model {
public:
    explicit CalendarModel(Driver& driver) : Model("gatesim-calendar"), driver_(driver) {}
    double next_occurring_event(double now) override;
    void update_actions_state(double, double) override {}

private:
    Driver& driver_;
};

// SimGrid never forgets a callback; they go to the driver that there is.
Driver* present_driver = nullptr;

class Driver final : public SimgridEngine {
public:
    explicit Driver(Calendar& calendar) : calendar_(calendar), bench_(calendar) {
        const KeepSignals keep;
        xbt_log_control_set("root.thres:critical");
        engine_ = new s4u::Engine("gatesim");  // SimGrid deletes it at exit; deleting it twice would be an error
        s4u::Engine::set_config("surf/precision:1e-6");
        zone_ = s4u::create_empty_zone("machines");
        engine_->add_model(std::make_shared<CalendarModel>(*this));
        present_driver = this;
        s4u::Engine::on_time_advance_cb([](double) {
            if (present_driver) present_driver->time_advanced();
        });
    }

    ~Driver() override { present_driver = nullptr; }

    void run(Calendar& calendar, Time until, const std::function<bool()>& stop) override {
        if (&calendar != &calendar_) throw std::logic_error("simgrid: the engine was made for another calendar");
        has_run_ = true;
        until_ = until;
        stop_ = &stop;
        try {
            // SimGrid may return with something left for the very date `until`: then it takes another turn.
            int idle = 0;
            while (due() || worth_waiting()) {
                const std::uint64_t before = calendar_.fired();
                turn();
                if (!due()) break;
                idle = calendar_.fired() == before ? idle + 1 : 0;
                if (idle > 3) throw std::logic_error("simgrid: the engine does not advance");
            }
        } catch (const Stop&) {
        }
        stop_ = nullptr;
    }

    std::unique_ptr<Processor> make_processor(const std::string& name, std::size_t machines, double cores) override {
        if (has_run_) throw std::runtime_error("simgrid: machines must be made before the simulation runs");
        return make_simgrid_processor(bench_, *zone_, name, machines, cores);
    }

    double until_next(double now) { return due() ? std::max(0.0, seconds(calendar_.next()) - now) : -1; }

private:
    bool due() {
        const Time next = calendar_.next();
        return next != kNever && next <= until_;
    }

    // Something runs on a machine that may end before `until`.
    bool worth_waiting() const {
        return bench_.busy() && (until_ == kNever || seconds(until_) > s4u::Engine::get_clock());
    }

    void turn() {
        if (until_ == kNever) {
            engine_->run();
        } else {
            engine_->run_until(seconds(until_));
        }
    }

    // Called by SimGrid after every step of its clock, before it tells what ended.
    void time_advanced() {
        bench_.clear_graveyard();
        // What ended at this very date must join the instant's wave 0: let SimGrid tell first, and come back in a step
        // of length zero.
        if (something_ended()) return;
        const double clock = s4u::Engine::get_clock();
        for (;;) {
            if (!due() || seconds(calendar_.next()) > clock + kReached) return;
            if (stop_ && *stop_ && (*stop_)()) throw Stop{};
            calendar_.work_off_instant();
            if (bench_.busy()) return;  // what was just started may end before the next instant
        }
    }

    bool something_ended() const {
        if (!bench_.busy()) return false;
        const auto& models = engine_->get_all_models();
        return std::any_of(models.begin(), models.end(),
                           [](auto* model) { return !model->get_finished_action_set()->empty(); });
    }

    Calendar& calendar_;
    SimgridBench bench_;
    s4u::Engine* engine_ = nullptr;
    s4u::NetZone* zone_ = nullptr;
    Time until_ = kNever;
    const std::function<bool()>* stop_ = nullptr;
    bool has_run_ = false;
};

double CalendarModel::next_occurring_event(double now) {
    return driver_.until_next(now);
}

}  // namespace

std::unique_ptr<SimgridEngine> make_simgrid_engine(Calendar& calendar) {
    if (made) throw std::runtime_error("simgrid: a process can have one engine only, and this one has had its own");
    made = true;
    return std::make_unique<Driver>(calendar);
}

}  // namespace gatesim
