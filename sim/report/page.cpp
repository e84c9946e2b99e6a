#include "report/page.hpp"

#include <fmt/format.h>

#include "picture/style.hpp"
#include "report/report.hpp"

namespace gatesim::report {

using picture::escaped;

namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem 1.25rem 3rem;max-width:80rem;background:var(--pic-paper);color:var(--pic-ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:break-word}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--pic-grid)}
h3{font-size:1rem;margin:0 0 .5rem}
p,ul{margin:.5rem 0;max-width:46rem}
.faint{color:var(--pic-faint)}
.question{font-size:1.1rem;color:var(--pic-faint)}
.answer{font-size:1.2rem;border-left:4px solid var(--pic-1);padding:.25rem 0 .25rem .9rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:0;max-width:none}
a{color:var(--pic-1)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--pic-1);outline-offset:2px}
figure{margin:1.25rem 0;min-width:0}
.tall{max-height:46rem;overflow-y:auto}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--pic-faint);padding:.35rem 0}
.scroll{overflow-x:auto;max-height:36rem}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .75rem .25rem 0;text-align:right;border-bottom:1px solid var(--pic-grid);vertical-align:top}
th:first-child,td:first-child{text-align:left}
thead th{color:var(--pic-faint);font-weight:600}
tbody th{font-weight:400}
pre{font-size:.8rem;overflow-x:auto;max-height:36rem}
code{font-size:.9em;overflow-wrap:anywhere}
.at-wide .pic,.at-paper .pic{width:100%}
.at-narrow,.at-paper{display:none}
@media (max-width:44rem){body{padding:1rem 1rem 3rem}.at-wide{display:none}.at-narrow{display:block}h1{font-size:1.3rem}.answer{font-size:1.05rem}}
@media print{@page{size:A4;margin:14mm}body{max-width:none;padding:0;font-size:10pt}.at-wide{display:block}.at-narrow,nav,section>details{display:none}.at-paper{display:block}.at-paper~.at-wide{display:none}.at-paper .pic{break-inside:avoid}table{font-size:8.5pt}th,td{padding:.1rem .6rem .1rem 0}figure,tr{break-inside:avoid}h2,h3,h2+p{break-after:avoid}.tall,.scroll,pre{max-height:none;overflow:visible}.tall figure{break-inside:auto}a{color:inherit}figure details::details-content{content-visibility:visible;block-size:auto}summary{list-style:none}summary::-webkit-details-marker{display:none}details pre{white-space:pre-wrap}}
)";

/// On paper nobody can open what is folded. Newer browsers need only the style above for it.
constexpr std::string_view kPrinting =
    "(()=>{let shut=[];addEventListener(\"beforeprint\",()=>{shut=[...document.querySelectorAll("
    "\"figure details:not([open])\")];for(const one of shut)one.open=true;});"
    "addEventListener(\"afterprint\",()=>{for(const one of shut)one.open=false;});})();";

std::string table_html(const TextTable& table) {
    std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table><thead><tr>";
    for (const std::string& cell : table.head) out += fmt::format("<th scope=\"col\">{}</th>", escaped(cell));
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t c = 0; c < row.size(); ++c)
            out += c == 0 ? fmt::format("<th scope=\"row\">{}</th>", escaped(row[c]))
                          : fmt::format("<td>{}</td>", escaped(row[c]));
        out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    return table.note.empty() ? out : out + fmt::format("<p class=\"faint\">{}</p>\n", escaped(table.note));
}

}  // namespace

void Page::close_section() {
    if (open_) body_ += "</section>\n";
    open_ = false;
}

void Page::section(const std::string& id, const std::string& heading) {
    close_section();
    open_ = true;
    body_ += fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>\n", id,
                         escaped(heading));
    contents_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, escaped(heading));
}

void Page::part(const std::string& id, const std::string& heading, const std::string& html) {
    close_section();
    body_ += html;
    contents_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", id, escaped(heading));
}

void Page::paragraph(const std::string& text) {
    body_ += fmt::format("<p>{}</p>\n", escaped(text));
}

void Page::list(const std::vector<std::string>& items) {
    body_ += "<ul>\n";
    for (const std::string& item : items) body_ += fmt::format("<li>{}</li>\n", escaped(item));
    body_ += "</ul>\n";
}

void Page::table(const TextTable& table) {
    body_ += table_html(table);
}

void Page::verbatim(const std::string& heading, const std::string& text) {
    body_ += fmt::format("<details><summary>{}</summary><pre tabindex=\"0\">{}</pre></details>\n", escaped(heading),
                         escaped(text));
}

void Page::figure(const std::string& id, const std::string& heading, const std::string& desc, bool half,
                  const std::function<std::string(const picture::About&)>& draw, const TextTable& table,
                  const std::function<std::string(const picture::About&)>& on_paper) {
    using picture::Layout;
    const std::string wide = id + "-w";
    const std::string pieces = on_paper ? on_paper({id + "-p", heading, desc, Layout::wide, wide}) : "";
    if (id == wanted_) drawn_ = draw({id, heading, desc, Layout::half});
    body_ += fmt::format("<figure id=\"{}\"><h3>{}</h3>\n", id, escaped(heading));
    if (!pieces.empty()) body_ += fmt::format("<div class=\"at-paper\">{}</div>\n", pieces);
    body_ += fmt::format("<div class=\"at-wide\">{}</div>\n<div class=\"at-narrow\">{}</div>\n",
                         draw({wide, heading, desc, half ? Layout::half : Layout::wide}),
                         draw({id + "-n", heading, desc, Layout::narrow, wide}));
    if (!desc.empty()) body_ += fmt::format("<figcaption class=\"faint\">{}</figcaption>\n", escaped(desc));
    if (!table.rows.empty())
        body_ +=
            fmt::format("<details><summary>Table: {}</summary>{}</details>\n", escaped(heading), table_html(table));
    body_ += "</figure>\n";
}

std::string Page::finish(const std::string& title, const std::string& header) {
    close_section();
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>{}<title>{}</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"/>\n"
        "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
        "style-src 'unsafe-inline'; img-src data:\"/>\n<style>{}{}</style></head>\n<body>\n<header>\n{}</header>\n"
        "<nav aria-label=\"Contents\"><ul>\n{}</ul></nav>\n<main>\n{}</main>\n<script>{}</script>\n</body></html>\n",
        kPageMark, escaped(title), picture::picture_style(), kStyle, header, contents_, body_, kPrinting);
}

}  // namespace gatesim::report
