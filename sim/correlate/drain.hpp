// Templates of lines, by Drain: P. He, J. Zhu, Z. Zheng, M. R. Lyu, "Drain: an online log parsing approach with fixed
// depth tree", ICWS 2017. Among lines of one layer and one number of words the template that agrees in most words takes
// a line, if it agrees in enough, and words that differ become a gap. Differs from the paper in three points: it is
// given shapes (mask.hpp), each once, not lines, and so has the time to do without the tree's levels of first words,
// which keep apart lines that begin with a name; and what stands in front of the message has to agree and does not
// count.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::correlate {

class Drain {
public:
    static constexpr double kAgreement = 0.7;         ///< share of words that have to agree
    static constexpr std::size_t kMostInLeaf = 1000;  ///< templates; what is new then joins the nearest

    /// The template that a shape belongs to; templates are numbered from 0. Words up to the layer's tag, and one of how
    /// bad the line is, have to agree and do not count: they would make any two short lines alike.
    std::uint32_t add(std::uint32_t layer, std::string_view shape, std::string_view tag = {});

    std::size_t size() const { return templates_.size(); }
    /// As a shape, with kAny for words that differ.
    std::string shape(std::uint32_t number) const;

private:
    using Words = std::vector<std::string>;
    std::vector<Words> templates_;
    std::map<std::uint64_t, std::vector<std::uint32_t>> leaves_;
};

}  // namespace gatesim::correlate
