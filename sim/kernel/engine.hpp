// Who advances time. Two drivers run one calendar: the plain heap, and SimGrid's engine with the calendar as one more
// of its models. Without physics both give the same bytes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/calendar.hpp"

namespace gatesim {

class Engine {
public:
    virtual ~Engine() = default;

    /// Works off the calendar's instants in order until it is empty, the next one is later than `until`, or `stop`
    /// (asked between instants, may be empty) says true.
    virtual void run(Calendar& calendar, Time until, const std::function<bool()>& stop) = 0;
};

/// The plain driver: a loop.
std::unique_ptr<Engine> make_heap_engine();

}  // namespace gatesim
