// Changes and time: a row a stay in the queue, a bar an attempt, a cross at the build that failed, arrows to those
// whose tests that threw away. One still picture tells what a failure cost.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "picture/panel.hpp"

namespace gatesim::picture {

/// A stay: waiting is a dotted line from its beginning to its end, under its bars.
struct StayRow {
    std::string label;
    double from = 0, until = 0;
    std::string end = {};  ///< what stands behind it: "✓", "out"
};

enum class Fate { landed, ejected, thrown_away, running, passed };

struct AttemptBar {
    std::size_t row;
    double from, until;
    Fate fate;
    std::string title = {};
};

struct FailureCross {
    std::size_t row;
    double at;
    std::string title = {};
};

struct ResetArrow {
    std::size_t from_row;
    double at;
    std::size_t to_row;
    std::string title = {};
};

/// In Layout::narrow the labels stand above their rows. Above 400 rows (kMostRows) so many share a line that there are
/// at most 150 of them; like bars of a line are joined, and the picture says so. Above 60, every fifth row has a label,
/// and nothing has a title; a narrow picture takes bars from the wide one then (About::shapes_of). A line is never
/// lower than 12 pixels. Marks of rows that are not there are left out.
struct ChangeTime {
    About about;
    Axis time = {};
    std::vector<StayRow> rows = {};
    std::vector<AttemptBar> bars = {};
    std::vector<FailureCross> crosses = {};
    std::vector<ResetArrow> arrows = {};
    std::optional<Panel> panel = {};  ///< below, on the same axis: the length of the queue
};

inline constexpr std::size_t kMostRows = 400;

/// The same in pieces that fit on paper: some rows each, with the time above them, one below the other. They show the
/// bars of the wide picture (About::shapes_of) once more. Empty for few rows, which fit as they are.
std::string change_time_pieces(ChangeTime chart);

std::string change_time_svg(ChangeTime chart);

}  // namespace gatesim::picture
