// Progress as a short code that can be read out and typed: a class board without files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "learn/state.hpp"

namespace gatesim::learn {

/// What a code tells of one lesson.
enum class Mark : std::uint8_t { fresh, started, passed, passed_with_hints, passed_with_all_hints, gave_up };

Mark mark_of(const LessonState& state);

/// The lesson that is worked on, and for how long: since its beginning or the last pass, whichever is later.
struct OpenNow {
    std::size_t lesson = 0;  ///< in the track
    Instant seconds = 0;
};
/// Nothing if the current lesson is not one of these, or is not open.
std::optional<OpenNow> open_now(const State& state, const std::vector<std::string>& lessons, Instant now);

/// "3K7Q-29FM": three bits a lesson in the order of the track, in letters that are not mistaken for each other
/// (Crockford's base 32), and a check character at the end. At most 30 lessons. Where a lesson is open, two letters
/// before the check say which and for how long, in steps of two minutes (the last stands for 62 and more).
std::string progress_code(const std::vector<Mark>& marks, const std::optional<OpenNow>& open = std::nullopt);

/// The marks of a code, with or without the letters of an open lesson; nothing if its check character is wrong. Blanks
/// and hyphens do not count, and o, i and l are read as the digits they look like.
std::optional<std::vector<Mark>> read_progress_code(const std::string& code, std::size_t lessons);

}  // namespace gatesim::learn
