#include "picture/legend.hpp"

#include "picture/style.hpp"

namespace gatesim::picture {

double draw_legend(Canvas& canvas, const std::vector<std::string>& names, Swatch swatch, double left, double top) {
    if (names.size() < 2) return top;
    double x = left;
    double y = top;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name = shortened(names[i], canvas.width() - left - 40);
        const double wide = 30 + text_width(name);
        if (x > left && x + wide > canvas.width()) {
            x = left;
            y += 18;
        }
        const std::string cls = series_class(i);
        if (swatch == Swatch::line)
            canvas.line(x, y + 8, x + 22, y + 8, cls + " curve");
        else if (swatch == Swatch::dot)
            canvas.circle(x + 14, y + 8, 5, cls + " dot");
        else
            canvas.rect(x + 6, y + 2, 16, 12, area_class(i), {}, series_pattern(i));
        canvas.text(x + 28, y + 12, name, "");
        x += wide + 14;
    }
    return y + 22;
}

}  // namespace gatesim::picture
