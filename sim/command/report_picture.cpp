#include "command/report_picture.hpp"

#include <fmt/format.h>

#include <vector>

#include "picture/style.hpp"
#include "report/sections.hpp"

namespace gatesim {

std::optional<std::string> picture_in(const std::string& page, const std::string& id) {
    constexpr std::string_view kEnd = "</svg>\n";
    const std::size_t figure = page.find(fmt::format("<figure id=\"{}\">", id));
    if (figure == std::string::npos) return std::nullopt;
    const std::size_t from = page.find("<svg", figure), until = page.find(kEnd, figure);  // the wide one is the first
    if (from == std::string::npos || until == std::string::npos || until < from) return std::nullopt;
    return picture::with_style(page.substr(from, until + kEnd.size() - from));
}

std::string pictures_of(const std::string& page) {
    constexpr std::string_view kFigure = "<figure id=\"";
    std::vector<std::string> ids;
    for (std::size_t at = page.find(kFigure); at != std::string::npos; at = page.find(kFigure, at)) {
        at += kFigure.size();
        ids.push_back(page.substr(at, page.find('"', at) - at));
    }
    return ids.empty() ? "none" : report::listed(ids);
}

}  // namespace gatesim
