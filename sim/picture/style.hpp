// The one style sheet of all pictures: colours as variables, for light, dark and print.
#pragma once

#include <string>
#include <string_view>

#include "picture/canvas.hpp"

namespace gatesim::picture {

/// CSS for a page that holds pictures; a page that draws itself (the replay) uses the same variables. Text has a
/// contrast of 4.5:1 at least and shapes one of 3:1. Series differ in lightness, dash and pattern as well as in hue.
///
///   --pic-paper --pic-ink --pic-faint --pic-grid       ground, text, lesser text, lines of the grid
///   --pic-1 … --pic-6                                  series
///   --pic-good --pic-bad --pic-out --pic-run           landed, failed, ejected, running
std::string picture_style();

/// The picture as a file of its own, or for a page without the style: with the style inside.
std::string with_style(const std::string& svg);

/// "s1" … "s6" by number from 0, over and over.
std::string series_class(std::size_t number);

/// The class of an area of that series: what is filled with a pattern must have no colour of its own.
std::string area_class(std::size_t number);

/// Puts the patterns of series 2, 4 and 6 and of what was thrown away into the picture.
void define_patterns(Canvas& canvas);
/// Only the hatching of what was thrown away.
void define_gone(Canvas& canvas);
/// The pattern for areas of that series; empty = plain colour.
std::string_view series_pattern(std::size_t number);

}  // namespace gatesim::picture
