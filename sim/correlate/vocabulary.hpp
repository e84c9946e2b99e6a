// Which builds show which shapes and templates of lines: one reading of all logs, in bounded memory.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "correlate/drain.hpp"
#include "correlate/layer.hpp"
#include "correlate/logs.hpp"

namespace gatesim::correlate {

/// Something that a build's log shows or does not.
struct Feature {
    std::string shape;  ///< of mask.hpp
    std::uint32_t layer = 0;
    bool is_template = false;
    std::vector<std::uint32_t> failed, passed;  ///< builds, rising
    bool everywhere = false;                    ///< in so many passed builds that they were not all noted
    std::uint32_t part_of = 0;                  ///< its template's number; a template's own
};

class Vocabulary {
public:
    /// Shapes that are kept at once; beyond it the rarest are forgotten, and live on in their templates.
    static constexpr std::size_t kMostShapes = 250000;

    explicit Vocabulary(std::size_t failed_builds) : enough_passed_(std::max<std::size_t>(256, failed_builds)) {}

    std::uint32_t layer(std::string_view name);
    const std::vector<std::string>& layers() const { return layers_; }

    void begin(std::uint32_t build, bool failed) { build_ = build, failed_ = failed; }
    void line(std::uint32_t layer, std::string_view text);

    /// Shapes, and the templates that have several, each with the builds that show it. Empties the vocabulary.
    std::vector<Feature> features();
    std::size_t forgotten() const { return forgotten_; }

private:
    struct Shape {
        std::string text;
        std::uint32_t layer = 0, part_of = 0, last = UINT32_MAX;
        std::vector<std::uint32_t> failed, passed;
        bool everywhere = false;
    };
    void forget();

    std::size_t enough_passed_;
    std::vector<std::string> layers_;
    std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  ///< by digest; looked up only
    std::vector<Shape> shapes_;
    std::vector<std::vector<std::uint32_t>> loose_failed_, loose_passed_;  ///< of templates: builds of forgotten shapes
    std::vector<std::uint32_t> layer_of_template_;
    Drain drain_;
    std::uint32_t build_ = 0;
    bool failed_ = false;
    std::string buffer_;
    std::size_t forgotten_ = 0;
};

/// Splits the log of a build into layers, by file or by the rule of lines.
class Layers {
public:
    explicit Layers(LayerRule rule) : rule_(std::move(rule)) {}
    /// The layer's name for this line; lines in a build's order.
    const std::string& of(const std::string& file, std::string_view line);
    void begin() { now_.clear(); }
    const LayerRule& rule() const { return rule_; }

private:
    LayerRule rule_;
    std::string now_, file_;
};

/// Looks at some logs for how layers are written.
LayerRule learn_layers(Logs& logs);

/// Reads all logs of failed and passed builds.
std::vector<Feature> read_features(Logs& logs, const LayerRule& rule, std::vector<std::string>& layers);

}  // namespace gatesim::correlate
