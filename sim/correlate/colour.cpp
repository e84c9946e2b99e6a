#include "correlate/colour.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::size_t kMostKnown = 400, kContext = 2, kShown = 400;

/// A text that was cut keeps whole characters only.
void clean_ends(std::string& text) {
    if (text.size() < kShown) return;
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
}

}  // namespace

struct Colours::Known {
    std::string layer, piece;
    std::unique_ptr<re2::RE2> pattern;
    double weight = 0;
    int fingerprint = -1;
};

Colours::~Colours() = default;

Colours::Colours(const std::vector<Feature>& features, const std::vector<double>& weight,
                 const std::vector<std::string>& layers, const std::vector<Fingerprint>& fingerprints) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    const auto add = [&](const std::string& layer, const std::string& pattern, const std::string& piece, double w,
                         int f) {
        auto one = std::make_unique<Known>();
        one->layer = layer;
        one->piece = piece;
        one->pattern = std::make_unique<re2::RE2>(pattern, options);
        one->weight = w;
        one->fingerprint = f;
        if (one->pattern->ok()) known_.push_back(std::move(one));
    };
    for (std::size_t i = 0; i < fingerprints.size(); ++i)
        for (const std::string& text : fingerprints[i].all_of)
            add(fingerprints[i].layer, text, "", 0, static_cast<int>(i));
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < weight.size(); ++i)
        if (weight[i] > 0.7) order.push_back(i);  // twice as often
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return weight[a] * static_cast<double>(features[a].failed.size()) >
               weight[b] * static_cast<double>(features[b].failed.size());
    });
    if (order.size() > kMostKnown) order.resize(kMostKnown);
    for (const std::uint32_t i : order) {
        const std::string pattern = pattern_of(features[i].shape);
        if (pattern.size() >= 4)
            add(layers[features[i].layer], pattern, longest_literal(features[i].shape), weight[i], -1);
    }
}

std::vector<ColouredLine> Colours::excerpt(Logs& logs, const LayerRule& rule, std::uint32_t build,
                                           std::size_t most) const {
    std::vector<ColouredLine> all, out;
    Layers layers(rule);
    layers.begin();
    logs.read(build, [&](const std::string& file, std::string_view line) {
        ColouredLine one;
        one.layer = layers.of(file, line);
        one.text = std::string(line.substr(0, kShown));
        for (const auto& known : known_) {
            if (!known->layer.empty() && known->layer != one.layer) continue;
            if (known->weight <= one.weight && (known->fingerprint < 0 || one.fingerprint >= 0)) continue;
            if (!known->piece.empty() && line.find(known->piece) == std::string_view::npos) continue;
            if (!re2::RE2::PartialMatch(re2::StringPiece(line.data(), line.size()), *known->pattern)) continue;
            one.weight = std::max(one.weight, known->weight);
            one.fingerprint = std::max(one.fingerprint, known->fingerprint);
        }
        all.push_back(std::move(one));
    });
    std::vector<bool> show(all.size(), false);
    std::size_t shown = 0;
    const auto suspicious = [&](const ColouredLine& l) { return l.weight > 0 || l.fingerprint >= 0; };
    // Those of a fingerprint first: they must not be lost where there is much else.
    for (const bool marked : {true, false})
        for (std::size_t i = 0; i < all.size() && shown < most; ++i) {
            if (!suspicious(all[i]) || (all[i].fingerprint >= 0) != marked) continue;
            for (std::size_t k = i - std::min(i, kContext); k <= std::min(all.size() - 1, i + kContext); ++k)
                if (!show[k]) show[k] = true, ++shown;
        }
    std::size_t left_out = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!show[i]) {
            ++left_out;
            continue;
        }
        clean_ends(all[i].text);
        all[i].left_out = left_out;
        left_out = 0;
        out.push_back(std::move(all[i]));
    }
    return out;
}

}  // namespace gatesim::correlate
