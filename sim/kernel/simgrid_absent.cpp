// In the place of simgrid_engine.cpp where a build leaves SimGrid out (GATESIM_SIMGRID=OFF).

#include <stdexcept>

#include "kernel/simgrid_engine.hpp"

namespace gatesim {

const bool kSimgridThere = false;

std::unique_ptr<SimgridEngine> make_simgrid_engine(Calendar&) {
    throw std::runtime_error("this gatesim was built without SimGrid");
}

}  // namespace gatesim
