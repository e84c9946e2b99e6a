// What good runs say as well: made once for a run of the simulation, and drawn anew for each build.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "logs/keyed.hpp"
#include "logs/style.hpp"

namespace gatesim::logs {

/// A line before it is written: its layer, how bad it is, and its text with gaps.
struct Said {
    std::size_t layer = 0;
    Level level = Level::info;
    const std::string* text = nullptr;
};

class Noise {
public:
    Noise(const Style& style, std::uint64_t key, std::size_t jobs);

    /// What one build says whatever comes of it, in no order. `share` is how much of the period was over when it
    /// started.
    void draw(Keyed& luck, bool failed, std::size_t job, double share, std::vector<Said>& to) const;

    /// What every failed run says at its end.
    const std::vector<Said>& ends() const { return ends_; }

private:
    struct Kind {
        std::size_t layer = 0;
        Level level = Level::info;
        std::string text;
        double failed = 0, passed = 0;  ///< share of those runs that have it
        bool often = false;             ///< more than once in a run
        std::int64_t job = -1;          ///< only of this one
        double from = 0, until = 1;     ///< of the period
    };
    std::vector<Kind> kinds_;
    std::vector<Said> ends_;
    int repeat_;
};

}  // namespace gatesim::logs
