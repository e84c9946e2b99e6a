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

/// "3K7Q-29FM": three bits a lesson in the order of the track, in letters that are not mistaken for each other
/// (Crockford's base 32), and a check character at the end. At most 30 lessons.
std::string progress_code(const std::vector<Mark>& marks);

/// The marks of a code; nothing if its check character is wrong. Blanks and hyphens do not count, and o, i and l are
/// read as the digits they look like.
std::optional<std::vector<Mark>> read_progress_code(const std::string& code, std::size_t lessons);

}  // namespace gatesim::learn
