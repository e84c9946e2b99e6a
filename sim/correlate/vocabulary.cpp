#include "correlate/vocabulary.hpp"

#include <algorithm>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::size_t kSampledBuilds = 60, kSampledLines = 400;

bool counts(const Build& build) {
    return build.has_log && build.result != Result::other;
}

void sort_once(std::vector<std::uint32_t>& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

void append(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& more) {
    to.insert(to.end(), more.begin(), more.end());
}

/// The line from its layer's tag on: a host or a level in front of it is none of what it says.
std::string_view after_front(std::string_view text, std::string_view layer) {
    constexpr std::size_t kNearFront = 80;
    if (layer.empty()) return text;
    const std::size_t at = text.substr(0, kNearFront).find(layer);
    return at == std::string_view::npos ? text : text.substr(at);
}

}  // namespace

std::uint32_t Vocabulary::layer(std::string_view name) {
    const auto found = std::find(layers_.begin(), layers_.end(), name);
    if (found != layers_.end()) return static_cast<std::uint32_t>(found - layers_.begin());
    layers_.emplace_back(name);
    return static_cast<std::uint32_t>(layers_.size() - 1);
}

void Vocabulary::line(std::uint32_t layer, std::string_view text) {
    mask(after_front(text, layers_[layer]), buffer_);
    if (buffer_.empty()) return;
    const std::uint64_t key = digest(buffer_, layer + 1);
    const auto [place, is_new] = numbers_.emplace(key, static_cast<std::uint32_t>(shapes_.size()));
    if (is_new) {
        Shape shape;
        shape.text = buffer_;
        shape.layer = layer;
        shape.part_of = drain_.add(layer, buffer_, layers_[layer]);
        layer_of_template_.resize(drain_.size(), layer);
        shapes_.push_back(std::move(shape));
    }
    Shape& shape = shapes_[place->second];
    if (shape.last == build_) return;
    shape.last = build_;
    if (failed_)
        shape.failed.push_back(build_);
    else if (shape.passed.size() < enough_passed_)
        shape.passed.push_back(build_);
    else
        shape.everywhere = true;
    if (shapes_.size() > kMostShapes) forget();
}

void Vocabulary::forget() {
    loose_failed_.resize(drain_.size());
    loose_passed_.resize(drain_.size());
    for (std::size_t rare = 1; shapes_.size() > kMostShapes / 2; rare *= 2) {
        std::vector<Shape> kept;
        numbers_.clear();
        for (Shape& shape : shapes_) {
            if (shape.failed.size() + shape.passed.size() <= rare) {
                append(loose_failed_[shape.part_of], shape.failed);
                if (loose_passed_[shape.part_of].size() < 4 * enough_passed_)
                    append(loose_passed_[shape.part_of], shape.passed);
                ++forgotten_;
                continue;
            }
            numbers_.emplace(digest(shape.text, shape.layer + 1), static_cast<std::uint32_t>(kept.size()));
            kept.push_back(std::move(shape));
        }
        shapes_ = std::move(kept);
    }
    for (auto& list : loose_failed_) sort_once(list);
    for (auto& list : loose_passed_) sort_once(list);
}

std::vector<Feature> Vocabulary::features() {
    std::vector<Feature> out, templates(drain_.size());
    std::vector<std::uint32_t> parts(drain_.size(), 0);
    for (std::size_t t = 0; t < loose_failed_.size(); ++t) {
        parts[t] += 2 * static_cast<std::uint32_t>(!loose_failed_[t].empty() || !loose_passed_[t].empty());
        templates[t].failed = std::move(loose_failed_[t]);
        templates[t].passed = std::move(loose_passed_[t]);
    }
    for (Shape& shape : shapes_) {
        Feature& whole = templates[shape.part_of];
        ++parts[shape.part_of];
        whole.everywhere = whole.everywhere || shape.everywhere;
        append(whole.failed, shape.failed);
        append(whole.passed, shape.passed);
        if (shape.failed.size() >= 2)
            out.push_back({std::move(shape.text), shape.layer, false, std::move(shape.failed), std::move(shape.passed),
                           shape.everywhere, shape.part_of});
    }
    shapes_.clear();
    numbers_.clear();
    for (std::uint32_t t = 0; t < templates.size(); ++t) {
        if (parts[t] < 2) continue;
        sort_once(templates[t].failed);
        sort_once(templates[t].passed);
        if (templates[t].failed.size() < 2) continue;
        templates[t].shape = drain_.shape(t);
        templates[t].is_template = true;
        templates[t].part_of = t;
        templates[t].layer = layer_of_template_[t];
        out.push_back(std::move(templates[t]));
    }
    return out;
}

const std::string& Layers::of(const std::string& file, std::string_view line) {
    if (!file.empty()) {
        now_ = file;
    } else if (rule_.is_there()) {
        const std::string_view tag = rule_.tag(line);
        if (!tag.empty() && tag != now_) now_ = std::string(tag);
        if (tag.empty() && !rule_.is_sticky() && !line.empty() && line[0] != ' ' && line[0] != '\t') now_.clear();
    }
    return now_;
}

LayerRule learn_layers(Logs& logs) {
    std::vector<std::uint32_t> builds;
    for (std::uint32_t i = 0; i < logs.builds.all.size(); ++i)
        if (counts(logs.builds.all[i])) builds.push_back(i);
    LayerSample sample;
    const std::size_t step = std::max<std::size_t>(1, builds.size() / kSampledBuilds);
    for (std::size_t i = 0; i < builds.size(); i += step) {
        std::size_t lines = 0;
        logs.read(builds[i], [&](const std::string& file, std::string_view line) {
            if (file.empty() && ++lines <= kSampledLines) sample.line(builds[i], line);
        });
    }
    return sample.rule();
}

std::vector<Feature> read_features(Logs& logs, const LayerRule& rule, std::vector<std::string>& layers) {
    std::size_t failed = 0;
    for (const Build& b : logs.builds.all) failed += counts(b) && b.result == Result::failed;
    Vocabulary vocabulary(failed);
    Layers split(rule);
    std::string last;
    std::uint32_t number = vocabulary.layer("");
    for (std::uint32_t i = 0; i < logs.builds.all.size(); ++i) {
        const Build& build = logs.builds.all[i];
        if (!counts(build)) continue;
        vocabulary.begin(i, build.result == Result::failed);
        split.begin();
        logs.read(i, [&](const std::string& file, std::string_view line) {
            const std::string& layer = split.of(file, line);
            if (layer != last) {
                last = layer;
                number = vocabulary.layer(layer);
            }
            vocabulary.line(number, line);
        });
    }
    layers = vocabulary.layers();
    return vocabulary.features();
}

}  // namespace gatesim::correlate
