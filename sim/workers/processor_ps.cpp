#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "workers/processors.hpp"

namespace gatesim {

namespace {

// Noise of the arithmetic, in microseconds: an end that is later than a whole microsecond by less is at it.
constexpr double kNoise = 0.01;

// The machine's clock of work is set back before it grows so large that its fractions get coarse.
constexpr double kLongShare = 1e9;

constexpr int kMachineBits = 24;

struct Work {
    double end;  // on the machine's clock of work
    std::uint64_t ticket;
    Calendar::Action done;
    void* context;
    std::uint64_t argument;
};

class PsProcessor;

// A clock of work runs at the speed that everybody on the machine has; work of w microseconds started when it shows s
// ends when it shows s + w. So a change of speed touches one number and not all the work.
struct Machine {
    PsProcessor* owner = nullptr;
    double shows = 0;  // the clock of work
    double time = 0;   // the date when it showed that; between microseconds after an end
    std::vector<Work> running;
    std::vector<Work> ended;  // of the present instant, to be told in this order
    Calendar::Handle event;
    bool telling = false;
};

class PsProcessor final : public Processor {
public:
    PsProcessor(Calendar& calendar, double cores) : calendar_(calendar), cores_(cores) {}

    ~PsProcessor() override {
        for (const auto& machine : machines_) {
            if (machine) calendar_.cancel(machine->event);
        }
    }

    std::uint64_t start(std::uint32_t number, Time work, Calendar::Action done, void* context,
                        std::uint64_t argument) override {
        Machine& machine = at(number);
        advance(machine, static_cast<double>(calendar_.now()));
        const std::uint64_t ticket = ++started_ << kMachineBits | number;
        machine.running.push_back({machine.shows + static_cast<double>(work), ticket, done, context, argument});
        plan(machine);
        return ticket;
    }

    void cancel(std::uint64_t ticket) override {
        Machine& machine = at(static_cast<std::uint32_t>(ticket & ((1U << kMachineBits) - 1)));
        const auto is = [&](const Work& work) { return work.ticket == ticket; };
        if (std::erase_if(machine.ended, is)) return;
        const auto found = std::find_if(machine.running.begin(), machine.running.end(), is);
        if (found == machine.running.end()) return;
        advance(machine, static_cast<double>(calendar_.now()));
        machine.running.erase(found);
        plan(machine);
    }

private:
    Machine& at(std::uint32_t number) {
        if (number >> kMachineBits) throw std::logic_error("processor: machine number out of range");
        if (machines_.size() <= number) machines_.resize(number + std::size_t{1});
        if (!machines_[number]) {
            machines_[number] = std::make_unique<Machine>();
            machines_[number]->owner = this;
        }
        return *machines_[number];
    }

    double speed(const Machine& machine) const {
        return std::min(1.0, cores_ / static_cast<double>(machine.running.size()));
    }

    void advance(Machine& machine, double time) const {
        if (machine.running.empty()) {
            machine.shows = 0;
        } else {
            machine.shows += (time - machine.time) * speed(machine);
        }
        machine.time = time;
        if (machine.shows < kLongShare) return;
        for (Work& work : machine.running) work.end -= machine.shows;
        machine.shows = 0;
    }

    // Ties: who started first ends first.
    static std::vector<Work>::iterator first_to_end(Machine& machine) {
        return std::min_element(machine.running.begin(), machine.running.end(),
                                [](const Work& a, const Work& b) { return a.end < b.end; });
    }

    double exact_end(const Machine& machine, const Work& work) const {
        return machine.time + (work.end - machine.shows) / speed(machine);
    }

    // Arms the machine's event for its next end.
    void plan(Machine& machine) {
        if (machine.telling) return;
        calendar_.cancel(machine.event);
        machine.event = {};
        if (machine.running.empty()) return;
        const double end = std::ceil(exact_end(machine, *first_to_end(machine)) - kNoise);
        const Time when = end < static_cast<double>(kNever) ? static_cast<Time>(end) : kNever - 1;
        machine.event = calendar_.at(std::max(when, calendar_.now()), Priority::deliver, &PsProcessor::fire, &machine);
    }

    static void fire(void* context, std::uint64_t) {
        auto& machine = *static_cast<Machine*>(context);
        machine.owner->end_work(machine);
    }

    // Ends everything that is due, then tells. Whoever is told may start and cancel work on this very machine.
    void end_work(Machine& machine) {
        const double now = static_cast<double>(calendar_.now());
        while (!machine.running.empty()) {
            const auto first = first_to_end(machine);
            const double end = exact_end(machine, *first);
            if (end > now + kNoise) break;
            const Work work = *first;
            machine.shows = work.end;
            machine.time = end;
            machine.running.erase(first);
            machine.ended.push_back(work);
        }
        struct Telling {
            bool& flag;
            explicit Telling(bool& f) : flag(f) { flag = true; }
            ~Telling() { flag = false; }
        };
        {
            const Telling telling(machine.telling);
            while (!machine.ended.empty()) {
                const Work work = machine.ended.front();
                machine.ended.erase(machine.ended.begin());
                work.done(work.context, work.argument);
            }
        }
        plan(machine);
    }

    Calendar& calendar_;
    double cores_;
    std::uint64_t started_ = 0;
    std::vector<std::unique_ptr<Machine>> machines_;
};

}  // namespace

std::unique_ptr<Processor> make_ps_processor(Calendar& calendar, double cores) {
    if (!(cores > 0)) throw std::invalid_argument("processor: a machine needs more than 0 cores");
    return std::make_unique<PsProcessor>(calendar, cores);
}

}  // namespace gatesim
