#include "kernel/simgrid_processor.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Host.hpp>
#include <stdexcept>

namespace gatesim {

namespace {

namespace s4u = simgrid::s4u;

// Hosts work off one microsecond of work a microsecond, so that amounts of work are whole numbers.
constexpr double kSpeed = 1e6;

// Noise of SimGrid's clock in microseconds: an end later than a whole microsecond by less is at it.
constexpr double kNoise = 0.05;

// SimGrid never forgets a callback; they go to the bench that there is.
SimgridBench* present_bench = nullptr;

class SimgridProcessor final : public Processor {
public:
    SimgridProcessor(SimgridBench& bench, std::string name, std::vector<s4u::Host*> hosts)
        : bench_(bench), name_(std::move(name)), hosts_(std::move(hosts)) {}

    ~SimgridProcessor() override { bench_.cancel_all(*this); }

    std::uint64_t start(std::uint32_t machine, Time work, Calendar::Action done, void* context,
                        std::uint64_t argument) override {
        if (machine >= hosts_.size()) {
            throw std::runtime_error("simgrid: " + name_ + " has " + std::to_string(hosts_.size()) +
                                     " machines; there is none with number " + std::to_string(machine));
        }
        return bench_.start(*this, *hosts_[machine], work, done, context, argument);
    }

    void cancel(std::uint64_t ticket) override { bench_.cancel(ticket); }

private:
    SimgridBench& bench_;
    std::string name_;
    std::vector<s4u::Host*> hosts_;
};

}  // namespace

SimgridBench::SimgridBench(Calendar& calendar) : calendar_(calendar) {
    present_bench = this;
    s4u::Activity::on_completion_cb([](const s4u::Activity& activity) {
        if (present_bench) present_bench->completed(activity);
    });
}

SimgridBench::~SimgridBench() {
    present_bench = nullptr;
}

std::uint64_t SimgridBench::start(const Processor& owner, s4u::Host& host, Time work, Calendar::Action done,
                                  void* context, std::uint64_t argument) {
    Work& it = take_slot();
    it.owner = &owner;
    it.done = done;
    it.context = context;
    it.argument = argument;
    if (work > 0) {
        it.state = State::running;
        ++running_;
        it.exec = s4u::Exec::init();
        it.exec->set_data(&it);
        it.exec->set_flops_amount(static_cast<double>(work));
        it.exec->set_host(&host);
        it.exec->start();
    } else {  // SimGrid has no work of length zero
        it.state = State::ended;
        it.event = calendar_.at(calendar_.now(), Priority::deliver, &SimgridBench::tell, &it);
    }
    return static_cast<std::uint64_t>(it.generation) << 32 | it.slot;
}

void SimgridBench::cancel(std::uint64_t ticket) {
    const auto slot = static_cast<std::uint32_t>(ticket);
    if (slot >= works_.size() || works_[slot].generation != static_cast<std::uint32_t>(ticket >> 32)) return;
    take_back(works_[slot]);
}

void SimgridBench::cancel_all(const Processor& owner) {
    for (Work& work : works_) {
        if (work.owner == &owner) take_back(work);
    }
}

void SimgridBench::take_back(Work& work) {
    if (work.state == State::running) {
        work.state = State::taken_back;  // first: SimGrid reports the cancellation at once
        work.exec->cancel();
    } else if (work.state == State::ended) {
        calendar_.cancel(work.event);
        free(work);
    }
}

// SimGrid reports a cancelled Exec twice: as cancelled, at once, and as failed, when it is really done with it.
void SimgridBench::completed(const s4u::Activity& activity) {
    if (activity.get_state() == s4u::Activity::State::CANCELED) return;
    Work& work = *activity.get_data<Work>();
    --running_;
    graveyard_.push_back(std::move(work.exec));
    if (work.state == State::taken_back) {
        free(work);
        return;
    }
    work.state = State::ended;
    const auto when = static_cast<Time>(std::ceil(s4u::Engine::get_clock() * 1e6 - kNoise));
    work.event = calendar_.at(std::max(when, calendar_.now()), Priority::deliver, &SimgridBench::tell, &work);
}

void SimgridBench::tell(void* context, std::uint64_t) {
    auto& work = *static_cast<Work*>(context);
    const auto done = work.done;
    void* const whom = work.context;
    const std::uint64_t argument = work.argument;
    work.bench->free(work);
    done(whom, argument);
}

SimgridBench::Work& SimgridBench::take_slot() {
    if (free_.empty()) {
        Work& fresh = works_.emplace_back();
        fresh.slot = static_cast<std::uint32_t>(works_.size() - 1);
        fresh.bench = this;
        return fresh;
    }
    Work& again = works_[free_.back()];
    free_.pop_back();
    return again;
}

void SimgridBench::free(Work& work) {
    work.state = State::free;
    work.owner = nullptr;
    ++work.generation;
    free_.push_back(work.slot);
}

std::unique_ptr<Processor> make_simgrid_processor(SimgridBench& bench, s4u::NetZone& zone, const std::string& name,
                                                  std::size_t machines, double cores) {
    if (!(cores >= 1) || cores != std::floor(cores) || cores > 1e6) {
        throw std::runtime_error("simgrid: " + name +
                                 " needs a whole number of cores; compute \"ps\" takes parts of cores");
    }
    std::vector<s4u::Host*> hosts;
    for (std::size_t i = 0; i < machines; ++i) {
        s4u::Host* host = zone.create_host(name + "-" + std::to_string(i), kSpeed);
        host->set_core_count(static_cast<int>(cores));
        host->seal();
        hosts.push_back(host);
    }
    return std::make_unique<SimgridProcessor>(bench, name, std::move(hosts));
}

}  // namespace gatesim
