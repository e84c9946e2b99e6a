// SimGrid's engine as driver: the calendar is one more of its models, so its clock, its hosts and our events share one
// time. The only door to SimGrid; nothing of it shows here.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "kernel/engine.hpp"
#include "workers/processor.hpp"

namespace gatesim {

/// Calendar instants are exact: SimGrid's clock (a double, in seconds) only decides when one is reached. What SimGrid
/// ends between two microseconds is told at the later one, in wave 0 of that instant like everything scheduled before.
class SimgridEngine : public Engine {
public:
    /// `run` must be given the calendar with which the engine was made.

    /// A processor on `machines` hosts of SimGrid with `cores` cores each, on which work of one core is an Exec. To be
    /// made before the first run; must not outlive the engine. Throws std::runtime_error if `cores` is not a whole
    /// number above 0 (use ps for parts of cores) or if the engine has run; start() throws for a machine that does not
    /// exist.
    virtual std::unique_ptr<Processor> make_processor(const std::string& name, std::size_t machines, double cores) = 0;
};

/// Whether this build has SimGrid. Where it has not, making the engine throws; ask first.
extern const bool kSimgridThere;

/// The engine that `run`, `compare` and `sweep` take when none is named.
inline const char* usual_engine() {
    return kSimgridThere ? "simgrid" : "heap";
}

/// Makes the process's one SimGrid engine. Throws std::runtime_error at the second call in a process, also when the
/// first engine is gone: SimGrid never sets its clock back. Signal handlers stay as they are. `calendar` must outlive
/// the engine.
std::unique_ptr<SimgridEngine> make_simgrid_engine(Calendar& calendar);

}  // namespace gatesim
