// The parts of a manifest, read one by one. Wrong parts have been complained of.
#pragma once

#include "learn/lesson.hpp"
#include "learn/reader.hpp"

namespace gatesim::learn {

void read_edits(Reader& reader, const View& root, Lesson& lesson);
void read_levers(Reader& reader, const View& root, Lesson& lesson);
void read_questions(Reader& reader, const View& root, Lesson& lesson);
void read_cases(Reader& reader, const View& root, Lesson& lesson);
/// After the cases.
void read_beside(Reader& reader, const View& root, Lesson& lesson);
/// After the cases and the figures.
void read_pictures(Reader& reader, const View& root, Lesson& lesson);
void read_bests(Reader& reader, const View& root, Lesson& lesson);
void read_aliases(Reader& reader, const View& root, Lesson& lesson);
void read_checks(Reader& reader, const View& root, Lesson& lesson);
void read_golden(Reader& reader, const View& root, Lesson& lesson);
void read_claims(Reader& reader, const View& root, Lesson& lesson);

std::vector<Message> read_messages(Reader& reader, const View& object);
std::optional<Width> read_width(Reader& reader, const View& object);
std::optional<Axis> read_axis(Reader& reader, const View& object, std::size_t member);

/// Names that expressions use and nobody defines are complained of, at the manifest's beginning.
void check_names(Reader& reader, const View& root, const Lesson& lesson);

}  // namespace gatesim::learn
