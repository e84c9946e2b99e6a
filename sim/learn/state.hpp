// A learner's progress: one plain file that can be read, copied, reset and handed in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace gatesim::learn {

/// The file's name, in the folder of the learner's work.
inline constexpr const char* kStateFile = ".bootcamp-state.txt";

enum class Phase { fresh, started, passed, gave_up };

/// Seconds since 1970, from whoever may look at a clock; 0 = not yet.
using Instant = std::int64_t;

struct LessonState {
    Phase phase = Phase::fresh;
    int attempts = 0;
    int rung = 0;  ///< the farthest hint that was shown, 1 to 4; 0 = none
    int revision = 1;
    Instant started = 0, passed = 0;
    std::map<std::string, std::string> predictions;  ///< by question: the first answers given before results
};

struct State {
    std::string track, learner, current;
    std::string from;  ///< the track's folder, if it is not the usual one
    std::map<std::string, LessonState> lessons;

    const LessonState& of(const std::string& lesson) const;
};

std::string state_text(const State& state);

/// Reads a progress file. A line, or a part of a line, that cannot be understood loses only itself; the numbers of such
/// lines go into `lost`. Whatever the text is, it is read as far as it can be.
State parse_state(const std::string& text, std::vector<std::size_t>& lost);

}  // namespace gatesim::learn
