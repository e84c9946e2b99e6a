#include "picture/canvas.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "model/markup.hpp"

namespace gatesim::picture {

namespace {

/// A column of text, as a share of its height: what a wide font (DejaVu Sans) takes, of small letters.
constexpr double kColumn = 0.61;

std::string_view anchor_text(Anchor anchor) {
    return anchor == Anchor::start ? "" : anchor == Anchor::middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
}

std::string class_text(std::string_view cls) {
    return cls.empty() ? "" : fmt::format(" class=\"{}\"", cls);
}

}  // namespace

double width_of(Layout layout) {
    return layout == Layout::wide ? 960 : layout == Layout::half ? 610 : 360;
}

std::string escaped(std::string_view text) {
    return escaped_markup(text);
}

std::string coordinate(double value) {
    if (!std::isfinite(value)) return "0";
    std::string out = fmt::format("{:.2f}", value);
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
    return out == "-0" ? "0" : out;
}

double text_width(std::string_view text, double size) {
    return static_cast<double>(display_width(text)) * size * kColumn;
}

std::string shortened(const std::string& text, double width, double size) {
    if (text_width(text, size) <= width) return text;
    const double fits = width / (size * kColumn) - 1;
    return std::string(cut_to_width(text, fits > 1 ? static_cast<std::size_t>(fits) : 1)) + "…";
}

Canvas::Canvas(About about, double height)
    : about_(std::move(about)), width_(width_of(about_.layout)), height_(height) {}

void Canvas::end(std::string_view element, std::string_view title) {
    if (title.empty())
        body_ += "/>";
    else
        body_ += fmt::format("><title>{}</title></{}>", escaped(title), element);
    body_ += '\n';
}

void Canvas::rect(double x, double y, double w, double h, std::string_view cls, std::string_view title,
                  std::string_view fill) {
    body_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}", coordinate(x), coordinate(y),
                         coordinate(std::max(0.0, w)), coordinate(std::max(0.0, h)), class_text(cls));
    if (!fill.empty()) body_ += fmt::format(" fill=\"url(#{}-{})\"", about_.id, fill);
    end("rect", title);
}

void Canvas::line(double x1, double y1, double x2, double y2, std::string_view cls) {
    // A path is shorter than a <line>, and horizontal and vertical ones are most of all.
    std::string data = fmt::format("M{} {}", coordinate(x1), coordinate(y1));
    if (y1 == y2)
        data += "H" + coordinate(x2);
    else if (x1 == x2)
        data += "V" + coordinate(y2);
    else
        data += fmt::format("L{} {}", coordinate(x2), coordinate(y2));
    path(data, cls);
}

void Canvas::path(std::string_view data, std::string_view cls, std::string_view title, std::string_view fill) {
    body_ += fmt::format("<path d=\"{}\"{}", data, class_text(cls));
    if (!fill.empty()) body_ += fmt::format(" fill=\"url(#{}-{})\"", about_.id, fill);
    end("path", title);
}

void Canvas::circle(double x, double y, double r, std::string_view cls, std::string_view title) {
    body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}", coordinate(x), coordinate(y), coordinate(r),
                         class_text(cls));
    end("circle", title);
}

void Canvas::text(double x, double y, std::string_view what, std::string_view cls, Anchor anchor,
                  std::string_view title) {
    body_ += fmt::format("<text x=\"{}\" y=\"{}\"{}{}>{}", coordinate(x), coordinate(y), class_text(cls),
                         anchor_text(anchor), escaped(what));
    if (!title.empty()) body_ += fmt::format("<title>{}</title>", escaped(title));
    body_ += "</text>\n";
}

void Canvas::open_group(std::string_view cls, const std::string& id, std::string_view stroke) {
    body_ += "<g" + class_text(cls);
    if (!id.empty()) body_ += fmt::format(" id=\"{}\"", id);
    if (!stroke.empty()) body_ += fmt::format(" stroke=\"url(#{}-{})\"", about_.id, stroke);
    body_ += ">\n";
}
void Canvas::open_clipped(const std::string& clip) {
    body_ += fmt::format("<g clip-path=\"url(#{})\">\n", clip);
}
void Canvas::use(const std::string& id, const std::string& transform, std::string_view stroke) {
    body_ += fmt::format("<use href=\"#{}\" transform=\"{}\"", id, transform);
    if (!stroke.empty()) body_ += fmt::format(" stroke=\"url(#{}-{})\"", about_.id, stroke);
    body_ += "/>\n";
}
void Canvas::close_group() {
    body_ += "</g>\n";
}

std::string Canvas::finish() const {
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pic\" id=\"{0}\" viewBox=\"0 0 {1} {2}\" width=\"{1}\" "
        "height=\"{2}\" role=\"img\" aria-labelledby=\"{0}-t{3}\">\n<title id=\"{0}-t\">{4}</title>\n",
        about_.id, coordinate(width_), coordinate(height_), about_.desc.empty() ? "" : " " + about_.id + "-d",
        escaped(about_.title));
    if (!about_.desc.empty()) out += fmt::format("<desc id=\"{}-d\">{}</desc>\n", about_.id, escaped(about_.desc));
    if (!defs_.empty()) out += "<defs>" + defs_ + "</defs>\n";
    return out + body_ + "</svg>\n";
}

std::string nothing(const About& about, double height) {
    Canvas canvas(about, height);
    canvas.rect(0.5, 0.5, canvas.width() - 1, height - 1, "frame");
    canvas.text(canvas.width() / 2, height / 2 + 4, "nothing to show", "faint", Anchor::middle);
    return canvas.finish();
}

}  // namespace gatesim::picture
