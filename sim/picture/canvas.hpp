// One SVG in the making: coordinates in pixels with two decimals at most, texts escaped, and what every picture has: a
// name and a description for those who cannot see it.
#pragma once

#include <string>
#include <string_view>

namespace gatesim::picture {

/// How wide a picture is, in pixels: across a page, half of that, or a telephone. The page's CSS chooses which it
/// shows. A wide one is stretched to the page: a little larger on a screen, a little smaller on A4, its texts readable
/// on both.
enum class Layout { wide, half, narrow };
double width_of(Layout layout);

/// What every chart is given.
struct About {
    std::string id;  ///< a letter, then letters, digits and "-"; no other element of the page has it
    std::string title;
    std::string desc;  ///< the picture in words, for those who cannot see it
    Layout layout = Layout::half;
    /// Another picture of the same on the same page, the wide one. What is large may be shown from there once more
    /// instead of being written again; empty = there is none.
    std::string shapes_of = {};
};

/// escaped_markup (model/markup.hpp).
std::string escaped(std::string_view text);

/// "12.5": at most two decimals, none that say nothing. What is not finite is 0.
std::string coordinate(double value);

/// About how wide a text of that size is, in pixels: on the wide side, as nobody knows the reader's font.
double text_width(std::string_view text, double size = 12);

/// The text, cut and ended with "…" if it would be wider than `width` pixels.
std::string shortened(const std::string& text, double width, double size = 12);

enum class Anchor { start, middle, end };

class Canvas {
public:
    Canvas(About about, double height);

    double width() const { return width_; }
    double height() const { return height_; }
    bool narrow() const { return about_.layout == Layout::narrow; }
    const std::string& id() const { return about_.id; }

    /// Classes are those of style.hpp. A `title` is shown by browsers where the mouse rests.
    void rect(double x, double y, double w, double h, std::string_view cls, std::string_view title = {},
              std::string_view fill = {});
    void line(double x1, double y1, double x2, double y2, std::string_view cls);
    void path(std::string_view data, std::string_view cls, std::string_view title = {}, std::string_view fill = {});
    void circle(double x, double y, double r, std::string_view cls, std::string_view title = {});
    void text(double x, double y, std::string_view what, std::string_view cls, Anchor anchor = Anchor::start,
              std::string_view title = {});
    /// Elements of one kind as a group, so that their class stands once. `stroke`: a pattern of define_patterns.
    void open_group(std::string_view cls, const std::string& id = {}, std::string_view stroke = {});
    /// A group of which only what is within that clip path is seen.
    void open_clipped(const std::string& clip);
    /// An element of the page once more, at another place.
    void use(const std::string& id, const std::string& transform, std::string_view stroke = {});
    void close_group();
    /// A <defs> element's content.
    void define(std::string_view content) { defs_ += content; }
    /// Makes the picture higher than it was said to be.
    void set_height(double height) { height_ = height; }

    std::string finish() const;

private:
    void end(std::string_view element, std::string_view title);

    About about_;
    double width_;
    double height_;
    std::string defs_;
    std::string body_;
};

/// The picture of no data: it says "nothing to show".
std::string nothing(const About& about, double height = 90);

}  // namespace gatesim::picture
