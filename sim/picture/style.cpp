#include "picture/style.hpp"

#include <fmt/format.h>

namespace gatesim::picture {

namespace {

constexpr std::string_view kLight =
    "--pic-paper:#fff;--pic-ink:#1b1e28;--pic-faint:#565b69;--pic-grid:#d9dbe3;--pic-1:#1f5fa8;--pic-2:#a84e00;"
    "--pic-3:#0f7a5f;--pic-4:#8a3b87;--pic-5:#766000;--pic-6:#4d5868;--pic-good:#1b7a3d;--pic-bad:#b01f1f;"
    "--pic-out:#c9ccd5;--pic-run:#1f5fa8";
constexpr std::string_view kDark =
    "--pic-paper:#14161c;--pic-ink:#e8eaf0;--pic-faint:#a9afbd;--pic-grid:#343947;--pic-1:#6faaf0;--pic-2:#f0a050;"
    "--pic-3:#4cc4a0;--pic-4:#d892d5;--pic-5:#d6c04a;--pic-6:#a5b1c2;--pic-good:#4fbf77;--pic-bad:#ff8078;"
    "--pic-out:#4a4f5e;--pic-run:#6faaf0";

// Shapes without a class of their own take that of their group. Shapes that another picture shows once more (`use`) are
// not within .pic there, so their rules stand alone.
constexpr std::string_view kRules = R"(
.pic{display:block;max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--pic-ink);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.pic text{fill:var(--pic-ink);stroke:var(--pic-paper);stroke-width:3px;stroke-linejoin:round;paint-order:stroke}
.pic .on{stroke:none}
.pic .faint{fill:var(--pic-faint)}
.pic .strong{font-weight:600}
.pic .small{font-size:11px}
.pic .frame{fill:none;stroke:var(--pic-grid)}
.pic .grid{fill:none;stroke:var(--pic-grid);shape-rendering:crispEdges}
.pic .base{fill:none;stroke:var(--pic-faint);shape-rendering:crispEdges}
.pic .ref{fill:none;stroke:var(--pic-ink);stroke-dasharray:6 4}
.pic .zone{fill:var(--pic-faint);opacity:.14}
.pic .s1{--c:var(--pic-1)}
.pic .s2{--c:var(--pic-2)}
.pic .s3{--c:var(--pic-3)}
.pic .s4{--c:var(--pic-4)}
.pic .s5{--c:var(--pic-5)}
.pic .s6{--c:var(--pic-6)}
.pic .good{--c:var(--pic-good)}
.pic .bad{--c:var(--pic-bad)}
.pic .plain{--c:var(--pic-faint)}
.pic .curve{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}
.pic .fine.curve{stroke-width:1}
.pic .s2.curve{stroke-dasharray:7 3}
.pic .s3.curve{stroke-dasharray:2 2.5}
.pic .s4.curve{stroke-dasharray:9 3 2 3}
.pic .s5.curve{stroke-dasharray:12 4}
.pic .s6.curve{stroke-dasharray:4 2 1 2}
.pic .band{fill:var(--c);opacity:.2}
.pic .area{fill:var(--c)}
.pic .filled{fill:var(--c);fill-opacity:.3;stroke:var(--c);stroke-width:1.5;stroke-linejoin:round}
.pic .soft{fill:var(--c);opacity:.3}
.pic .thin{fill:none;stroke:var(--c);stroke-width:1;opacity:.55}
.pic .whisker{fill:none;stroke:var(--c);stroke-width:2}
.pic .dot{fill:var(--c);stroke:var(--pic-paper);stroke-width:1}
.pic .ring{fill:var(--pic-paper);stroke:var(--c);stroke-width:2}
.pic .cell{fill:var(--pic-1);stroke:var(--pic-paper);stroke-width:2}
.pic .best{fill:none;stroke:var(--pic-ink);stroke-width:3}
.pic .tied{fill:none;stroke:var(--pic-ink);stroke-width:1.5;stroke-dasharray:5 3}
.pic .landed,.pic .k-landed{fill:var(--pic-good)}
.pic .ejected,.pic .k-ejected{fill:var(--pic-out);stroke:var(--pic-bad);stroke-width:1.5}
.pic .thrown,.pic .k-thrown{stroke:var(--pic-bad);stroke-dasharray:4 2}
.pic .running,.pic .k-running{fill:var(--pic-run)}
.pic .passed,.pic .k-passed{fill:var(--pic-paper);stroke:var(--pic-good);stroke-width:2}
.many{fill:none;stroke-width:10}
.m-landed{stroke:var(--pic-good)}
.m-ejected{stroke:var(--pic-bad)}
.i-ejected{stroke:var(--pic-out);stroke-width:7}
.m-running{stroke:var(--pic-run)}
.m-passed{stroke:var(--pic-good)}
.i-passed{stroke:var(--pic-paper);stroke-width:6}
.m-waits{fill:none;stroke:var(--pic-faint);stroke-dasharray:1 3}
.m-cross{fill:none;stroke:var(--pic-bad);stroke-width:2.5}
.m-arrow{fill:none;stroke:var(--pic-bad);stroke-width:1.2}
.pic .waits{fill:none;stroke:var(--pic-faint);stroke-dasharray:1 3}
.pic .cross,.pic .k-cross{fill:none;stroke:var(--pic-bad);stroke-width:2.5}
.pic .halo{fill:none;stroke:var(--pic-paper);stroke-width:6}
.pic .arrow,.pic .k-arrow{fill:var(--pic-bad);stroke:var(--pic-bad);stroke-width:1.5}
.pic .pg{fill:var(--c);opacity:.55}
.pic .pl{fill:none;stroke:var(--c);stroke-width:2}
.pic .hg{fill:var(--pic-paper)}
.pic .hl{stroke:var(--pic-bad);stroke-width:1.6}
)";

}  // namespace

std::string picture_style() {
    std::string shades;
    for (int i = 0; i <= 12; ++i) shades += fmt::format(".pic .h{}{{fill-opacity:{:.3f}}}\n", i, 0.05 + 0.025 * i);
    return fmt::format(
        ":root{{{0}}}\n@media (prefers-color-scheme:dark){{:root{{{1}}}}}\n@media print{{:root{{{0}}}}}{2}{3}", kLight,
        kDark, kRules, shades);
}

std::string with_style(const std::string& svg) {
    const std::size_t at = svg.find(">\n");
    if (at == std::string::npos) return svg;
    return svg.substr(0, at + 2) + "<style>" + escaped(picture_style()) +
           ".pic{background:var(--pic-paper)}</style>\n" + svg.substr(at + 2);
}

std::string area_class(std::size_t number) {
    return series_class(number) + (series_pattern(number).empty() ? " area" : " mixed");
}

std::string series_class(std::size_t number) {
    return fmt::format("s{}", number % 6 + 1);
}

std::string_view series_pattern(std::size_t number) {
    constexpr std::string_view kNames[] = {"", "p2", "", "p4", "", "p6"};
    return kNames[number % 6];
}

namespace {

void define_pattern(Canvas& canvas, std::string_view name, std::string_view cls, std::string_view ground,
                    std::string_view lines, std::string_view stroke) {
    canvas.define(
        fmt::format("<pattern id=\"{}-{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
                    "patternTransform=\"rotate(45)\"><g class=\"{}\"><rect width=\"6\" height=\"6\" "
                    "class=\"{}\"/><path d=\"{}\" class=\"{}\"/></g></pattern>",
                    canvas.id(), name, cls, ground, lines, stroke));
}

}  // namespace

void define_gone(Canvas& canvas) {
    define_pattern(canvas, "gone", "", "hg", "M0 0V6", "hl");
}

void define_patterns(Canvas& canvas) {
    define_pattern(canvas, "p2", "s2", "pg", "M0 0V6", "pl");
    define_pattern(canvas, "p4", "s4", "pg", "M0 0V6M0 0H6", "pl");
    define_pattern(canvas, "p6", "s6", "pg", "M0 0H6", "pl");
    define_gone(canvas);
}

}  // namespace gatesim::picture
