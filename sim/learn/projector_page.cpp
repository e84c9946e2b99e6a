#include <fmt/format.h>

#include "learn/markdown.hpp"
#include "learn/page_frame.hpp"
#include "learn/pages.hpp"
#include "learn/slides.hpp"

namespace gatesim::learn {

namespace {

/// A slide is 40 em wide and 32 em high, whatever the screen: type grows with the side that is short. Below 14 pixels
/// it does not shrink; then slides are read one after the other, like any page.
constexpr const char* kStyle =
    ":root{--ink:#111;--paper:#fff;--soft:#555;--code:#eee;--line:#999}"
    "@media(prefers-color-scheme:dark){:root{--ink:#eee;--paper:#111;--soft:#bbb;--code:#2b2b2b;--line:#777}}"
    "*{box-sizing:border-box}html{font-size:max(14px,min(2.2vw,3.1vh));scroll-snap-type:y proximity}"
    "body{font:1rem/1.4 sans-serif;margin:0;color:var(--ink);background:var(--paper)}"
    "section{max-width:44rem;margin:0 auto;padding:1rem 2rem;break-after:page;scroll-snap-align:start;"
    "overflow-wrap:anywhere}"
    "h1{font-size:1.6rem;line-height:1.25;margin:0 0 .6rem;display:flex;gap:1rem;align-items:baseline}"
    "h1 span:first-child{flex:1}h2,h3{font-size:1.2rem;margin:.8rem 0 .3rem}p{margin:0 0 .7rem}"
    "ul,ol{margin:0 0 .7rem;padding-left:1.8em}li{margin:0 0 .3rem}"
    "pre,code{font-family:monospace;background:var(--code)}code{font-size:max(14px,.9em);padding:0 .15em}"
    "pre{font-size:max(14px,.8rem);padding:.5rem .6rem;margin:0 0 .7rem;white-space:pre-wrap}"
    ".note{color:var(--soft)}.table{margin:0 0 .7rem}"
    "table{border-collapse:collapse}td,th{border-bottom:2px solid var(--line);padding:.2em .8em .2em 0;text-align:left}"
    ".soft{color:var(--soft);font-size:max(14px,1rem);font-weight:normal;white-space:nowrap}"
    "figure .pic{width:100%;max-height:74vh}figcaption{font-size:1.1rem}"
    "@media(min-width:800px){section{min-height:100vh}}@media(max-width:799px){section{padding:1rem}}";

/// What is left of 32 em below the title and inside the margins.
constexpr double kRoom = 27;

}  // namespace

std::string projector_page(const std::vector<PageLesson>& lessons, const std::string& title) {
    std::string body;
    for (const PageLesson& l : lessons) {
        const auto slides = cut_into_slides(read_markdown(without_title(l.story)), kRoom);
        for (std::size_t i = 0; i < slides.size(); ++i) {
            const std::string place = slides.size() > 1 ? fmt::format("{} of {}", i + 1, slides.size()) : "";
            const std::string minutes = i == 0 ? fmt::format("{} min", l.lesson.do_minutes) : "";
            const char* between = place.empty() || minutes.empty() ? "" : " · ";
            body += fmt::format("<section>\n<h1><span>{}</span><span class=\"soft\">{}{}{}</span></h1>\n{}</section>\n",
                                lesson_title(l.lesson), place, between, minutes, html_blocks(slides[i]));
        }
        for (const std::string& figure : l.figures)
            body += fmt::format("<section>\n<h1><span>{}</span></h1>\n{}</section>\n", lesson_title(l.lesson), figure);
    }
    return framed(title, kStyle, body);
}

}  // namespace gatesim::learn
