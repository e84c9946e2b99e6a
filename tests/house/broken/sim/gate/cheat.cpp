// Never compiled: what the checks of the house must find.
#include <simgrid/engine.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "chance/draw.hpp"
#include "kernel/calendar.hpp"
#include "workers/pool.hpp"

unsigned luck() {
    std::random_device device;
    return device();
}
