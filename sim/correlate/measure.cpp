// What fingerprints hit. A quick search for one literal piece of each pattern comes first; RE2 decides.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <memory>

#include "correlate/fingerprint.hpp"
#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

/// The longest run of a pattern that is sure to stand in a line that it matches; empty where none is.
std::string sure_piece(const std::string& pattern) {
    if (pattern.find_first_of("|(") != std::string::npos) return "";
    std::string best, now;
    const auto end = [&] {
        if (now.size() > best.size()) best = now;
        now.clear();
    };
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            const char next = pattern[++i];
            const bool is_class =
                (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9');
            if (is_class)
                end();
            else
                now += next;
        } else if (c == '[') {
            end();
            while (i + 1 < pattern.size() && pattern[i] != ']') ++i;
        } else if (std::string_view("*?{").find(c) != std::string_view::npos) {
            if (!now.empty()) now.pop_back();  // what stands before need not be there
            end();
            if (c == '{')
                while (i + 1 < pattern.size() && pattern[i] != '}') ++i;
        } else if (std::string_view(".+^$").find(c) != std::string_view::npos) {
            end();
        } else {
            now += c;
        }
    }
    end();
    return best;
}

struct Pattern {
    std::unique_ptr<re2::RE2> whole;
    std::size_t fingerprint = 0;
};

class Matcher {
public:
    Matcher(const std::vector<Fingerprint>& fingerprints, std::string& problem) : fingerprints_(fingerprints) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_encoding(re2::RE2::Options::EncodingLatin1);  // bytes as they are; a text of UTF-8 matches itself
        set_ = std::make_unique<re2::RE2::Set>(options, re2::RE2::UNANCHORED);
        for (std::size_t f = 0; f < fingerprints.size(); ++f)
            for (const std::string& text : fingerprints[f].all_of) {
                auto whole = std::make_unique<re2::RE2>(text, options);
                if (!whole->ok()) {
                    problem = fingerprints[f].id + ": \"" + text + "\" is no pattern of RE2: " + whole->error();
                    return;
                }
                const std::string piece = sure_piece(text);
                if (piece.size() < 3)
                    always_.push_back(static_cast<int>(patterns_.size()));
                else
                    quick_.push_back(static_cast<int>(patterns_.size())),
                        set_->Add(re2::RE2::QuoteMeta(piece), nullptr);
                patterns_.push_back({std::move(whole), f});
            }
        any_quick_ = !quick_.empty() && set_->Compile();
    }

    void begin() { seen_.assign(patterns_.size(), false); }

    void line(const std::string& layer, std::string_view text) {
        const re2::StringPiece piece(text.data(), text.size());
        for (const int p : always_) try_one(static_cast<std::size_t>(p), layer, piece);
        if (!any_quick_) return;
        found_.clear();
        if (!set_->Match(piece, &found_)) return;
        for (const int i : found_) try_one(static_cast<std::size_t>(quick_[static_cast<std::size_t>(i)]), layer, piece);
    }

    /// Whether a build that was read shows all of a fingerprint.
    std::vector<bool> all_seen() const {
        std::vector<bool> out(fingerprints_.size(), true);
        for (std::size_t p = 0; p < patterns_.size(); ++p)
            if (!seen_[p]) out[patterns_[p].fingerprint] = false;
        return out;
    }

private:
    void try_one(std::size_t p, const std::string& layer, const re2::StringPiece& text) {
        const Fingerprint& f = fingerprints_[patterns_[p].fingerprint];
        if (seen_[p] || (!f.layer.empty() && f.layer != layer)) return;
        seen_[p] = re2::RE2::PartialMatch(text, *patterns_[p].whole);
    }

    const std::vector<Fingerprint>& fingerprints_;
    std::vector<Pattern> patterns_;
    std::unique_ptr<re2::RE2::Set> set_;
    std::vector<int> quick_, always_, found_;
    std::vector<bool> seen_;
    bool any_quick_ = false;
};

bool lets_in(const Fingerprint& f, const Builds& builds, const Build& build) {
    return std::all_of(f.where.begin(), f.where.end(), [&](const auto& one) {
        const std::string& value = builds.text_of(build, one.first);
        return std::find(one.second.begin(), one.second.end(), value) != one.second.end();
    });
}

}  // namespace

std::vector<Measured> measure(Logs& logs, const LayerRule& rule, const std::vector<Fingerprint>& fingerprints,
                              std::string& problem) {
    std::vector<Measured> out(fingerprints.size());
    Matcher matcher(fingerprints, problem);
    if (!problem.empty() || fingerprints.empty()) return out;
    Layers layers(rule);
    for (std::uint32_t i = 0; i < logs.builds.all.size(); ++i) {
        const Build& build = logs.builds.all[i];
        if (!build.has_log || build.result == Result::other) continue;
        matcher.begin();
        layers.begin();
        logs.read(i,
                  [&](const std::string& file, std::string_view line) { matcher.line(layers.of(file, line), line); });
        const std::vector<bool> seen = matcher.all_seen();
        for (std::size_t f = 0; f < fingerprints.size(); ++f)
            if (seen[f] && lets_in(fingerprints[f], logs.builds, build))
                (build.result == Result::failed ? out[f].failed : out[f].passed).push_back(i);
    }
    return out;
}

}  // namespace gatesim::correlate
