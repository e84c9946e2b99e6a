#include "workers/pool.hpp"

auto now() {
    return std::chrono::system_clock::now();
}
