// What is said to a program and what it may answer; README.md in this folder is the manual.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gate/gate.hpp"

namespace gatesim::exec {

/// The version of what stands in README.md; raised when a program that kept to it would have to be changed.
inline constexpr int kProtocol = 1;

/// A trial that the program opened, by the name it gave.
struct NamedTrial {
    std::string name;
    Item* trial = nullptr;
};

enum class Do { open, probe, land, eject, settle, drop, retry, revert, arm };

/// One action of an answer. Items are as the program wrote them: nobody looked yet whether there are any such.
struct Action {
    Do what = Do::open;
    std::string trial;
    std::vector<ItemId> chain;         ///< open: the items; eject: one
    std::size_t members = 1;           ///< open
    ItemId because = kNone;            ///< drop
    Landings::Mark at = 0;             ///< probe: so long was the branch
    std::vector<std::string> changes;  ///< probe: on top of that; revert: one
    std::uint64_t tag = 0;             ///< arm
    Time after = 0;                    ///< arm
};

/// What the program said to "hello".
struct Ready {
    std::size_t view = 0;     ///< so many items of a queue it wants to see; 0 = all
    std::size_t history = 0;  ///< so many of the latest landings
};

std::string hello_line(const Gate& gate, const Queue& queue, const Relaxations& permitted);

/// The queue as it is now, its open trials, the end of the branch if it asked for that, and the timers that are over.
std::string pass_line(const Gate& gate, const Queue& queue, const std::vector<NamedTrial>& trials,
                      const std::vector<std::uint64_t>& rung, const Ready& ready, const Relaxations& permitted);

/// Reads an answer. `problem`: what is wrong with it, with the line; empty if nothing is.
Ready read_ready(const std::string& line, std::string& problem);
std::vector<Action> read_actions(const std::string& line, std::string& problem);

}  // namespace gatesim::exec
