// The page of what a folder holds: one file that can be mailed, asks for nothing from outside and needs no script.
#pragma once

#include <string>
#include <vector>

#include "report/folder.hpp"

namespace gatesim::report {

/// What stands at the beginning of each page.
inline constexpr const char* kPageMark = "<meta name=\"generator\" content=\"gatesim\"/>";

/// The page of one folder, or of several runs side by side (see side_by_side). `player` is the HTML of the part that
/// moves, put before the still picture of changes and time; may be empty.
std::string report_page(const StudyFolder& folder, const std::string& player = {});

/// One picture of that page, by the id of its figure, half as wide as the page. Empty if there is none.
std::string report_picture(const StudyFolder& folder, const std::string& id);

/// Several runs as one: an arm each, named by its strategy, or where those are the same by its folder. With one seed
/// for all they have the differences from the first, seed by seed. Nothing if one of them is no run, if they are of
/// different scenarios, or if one is named twice; `problem` says which.
std::optional<StudyFolder> side_by_side(std::vector<StudyFolder> folders, std::string& problem);

}  // namespace gatesim::report
