// The layer that a line belongs to: the console, or the log of a service. A file of its own is one; in a common file it
// is a tag near the beginning of each line, a member "layer=", or a heading above its lines. Which, a sample tells.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::correlate {

class LayerRule {
public:
    /// The tag of a line; empty if it has none and so belongs to the layer of the line before.
    std::string_view tag(std::string_view line) const;

    bool is_there() const { return kind_ != Kind::none; }
    /// Whether a line without a tag that is not indented belongs to the layer of the line before; else it has none.
    bool is_sticky() const { return sticky_; }
    /// For people: "the second word of a line", or nothing.
    std::string text() const;

private:
    friend class LayerSample;
    enum class Kind { none, word, member, heading };
    Kind kind_ = Kind::none;
    bool sticky_ = true, dressed_ = false;
    std::size_t place_ = 0;  ///< of the word, without times; or of the member's name
    std::set<std::string, std::less<>> tags_;
};

/// Looks at lines of some builds and finds the rule.
class LayerSample {
public:
    void line(std::uint32_t build, std::string_view text);
    LayerRule rule() const;

private:
    static constexpr std::size_t kPlaces = 4, kMembers = 10, kMostTags = 60;
    struct Tag {
        std::uint64_t lines = 0, dressed = 0;  ///< dressed: in brackets, or with a colon or bar behind
        std::set<std::uint32_t> builds;
        std::set<std::uint64_t> shapes;
    };
    struct Place {
        std::map<std::string, Tag> tags;
        std::uint64_t lines = 0;
    };
    /// The tags of a place if they look like layers, else none.
    std::set<std::string, std::less<>> tags_of(const Place& place, bool member, bool dressed, bool& sticky) const;
    void count(Place& place, std::uint32_t build, std::string_view tag, bool dressed, std::string_view text);

    Place words_[kPlaces], members_[kMembers], headings_;
    std::uint64_t lines_ = 0;
    std::set<std::uint32_t> builds_;
};

}  // namespace gatesim::correlate
