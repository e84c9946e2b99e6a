// Reads numbers back out of a picture.
#pragma once

#include <string>
#include <vector>

namespace gatesim::picture {

inline std::size_t count(const std::string& text, const std::string& what) {
    std::size_t n = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
    return n;
}

/// The attribute of every element whose beginning is `<NAME ` and which has that class.
inline std::vector<double> attribute(const std::string& svg, const std::string& name, const std::string& cls,
                                     const std::string& attribute) {
    std::vector<double> out;
    for (std::size_t at = svg.find("<" + name + " "); at != std::string::npos;
         at = svg.find("<" + name + " ", at + 1)) {
        const std::string element = svg.substr(at, svg.find('>', at) - at);
        const std::size_t value = element.find(" " + attribute + "=\"");
        if (element.find("class=\"" + cls + "\"") != std::string::npos && value != std::string::npos)
            out.push_back(std::stod(element.substr(value + attribute.size() + 3)));
    }
    return out;
}

}  // namespace gatesim::picture
