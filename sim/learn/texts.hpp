// Texts of lessons: tokens become figures, values of the scenario and the learner's own paths.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "learn/lesson.hpp"

namespace gatesim::learn {

/// A figure as texts quote it.
struct Figure {
    std::string text, number, interval;
};
/// By name ("ceiling", "price@10").
using Figures = std::map<std::string, Figure>;

/// Reads expected/golden.json; empty if it is not there or is none.
Figures read_figures(const Lesson& lesson);

/// What tokens need besides the lesson.
struct TextContext {
    std::string gatesim = "gatesim";  ///< how the program is called
    std::string dir;                  ///< the learner's folder of this lesson
    std::uint64_t seed = 1;           ///< 0: everybody's own
    std::string name;
    std::string open = "…";  ///< what stands for a seed of everybody's own
};

/// Fills tokens. Unknown ones stay as they are and are listed in `unknown`.
class Texts {
public:
    Texts(const Lesson& lesson, TextContext context);
    Texts(const Lesson& lesson, TextContext context, Figures figures);

    std::string fill(const std::string& text, std::vector<std::string>* unknown = nullptr) const;
    /// A file of the lesson, filled; nothing if it is not there.
    std::optional<std::string> file(const std::string& name) const;

private:
    std::optional<std::string> value(const std::string& token) const;

    const Lesson& lesson_;
    TextContext context_;
    Figures figures_;
    document::Node scenario_;
};

/// Numbers in a text that are neither tokens nor given: whole numbers up to 12, numbers in `given`, in code.
std::vector<std::string> typed_numbers(const std::string& text, const std::string& given);

/// The file's content; nothing if it cannot be read.
std::optional<std::string> read_text(const std::string& path);

}  // namespace gatesim::learn
