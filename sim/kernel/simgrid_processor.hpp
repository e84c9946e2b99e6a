// Work on SimGrid's hosts. For simgrid_engine.cpp only: this header includes SimGrid.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <simgrid/s4u/Exec.hpp>
#include <simgrid/s4u/NetZone.hpp>
#include <string>
#include <vector>

#include "workers/processor.hpp"

namespace gatesim {

/// All Execs of the engine, from their start until SimGrid has done with them.
class SimgridBench {
public:
    explicit SimgridBench(Calendar& calendar);
    ~SimgridBench();
    SimgridBench(const SimgridBench&) = delete;
    SimgridBench& operator=(const SimgridBench&) = delete;

    std::uint64_t start(const Processor& owner, simgrid::s4u::Host& host, Time work, Calendar::Action done,
                        void* context, std::uint64_t argument);
    void cancel(std::uint64_t ticket);
    void cancel_all(const Processor& owner);

    /// Drops the Execs that SimGrid reported as ended. Not before its clock has moved on: it still touches them.
    void clear_graveyard() { graveyard_.clear(); }

    /// Whether Execs are running (also cancelled ones of which SimGrid has not reported the end).
    bool busy() const { return running_ > 0; }

private:
    enum class State { free, running, ended, taken_back };
    struct Work {
        simgrid::s4u::ExecPtr exec;
        State state = State::free;
        std::uint32_t generation = 1;
        std::uint32_t slot = 0;
        SimgridBench* bench = nullptr;
        const Processor* owner = nullptr;
        Calendar::Handle event;  ///< that tells of the end
        Calendar::Action done = nullptr;
        void* context = nullptr;
        std::uint64_t argument = 0;
    };

    void completed(const simgrid::s4u::Activity& activity);
    void take_back(Work& work);
    Work& take_slot();
    void free(Work& work);
    static void tell(void* context, std::uint64_t);

    Calendar& calendar_;
    std::deque<Work> works_;  ///< stable addresses: SimGrid's Execs point here
    std::vector<std::uint32_t> free_;
    std::vector<simgrid::s4u::ExecPtr> graveyard_;
    std::size_t running_ = 0;
};

std::unique_ptr<Processor> make_simgrid_processor(SimgridBench& bench, simgrid::s4u::NetZone& zone,
                                                  const std::string& name, std::size_t machines, double cores);

}  // namespace gatesim
