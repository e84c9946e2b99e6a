// What is behind a failed build, by name, and how that shows in its log: the one place that knows both the truth and
// the words for it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "logs/noise.hpp"
#include "record/ledger.hpp"
#include "truth/troubles.hpp"

namespace gatesim::logs {

/// A cause, as truth.csv names it, and what the log says of it.
struct Shown {
    std::string cause;
    std::vector<Said> lines;
    std::uint64_t own = 0;  ///< whose names {own} are
};

class Planted {
public:
    Planted(const Style& style, const Scenario& scenario, Luck luck, std::uint64_t key);

    /// Of a build that failed. Texts live as long as this.
    Shown of(const LiveBuild& build, const LiveAttempt& attempt);

private:
    struct Words {
        std::vector<std::pair<std::size_t, std::string>> lines;  ///< a layer and a text
    };
    std::size_t layer_of(const std::string& name) const;
    std::string named(const LiveBuild& build, const LiveAttempt& attempt);
    const Words& words_of(const std::string& cause, const Fingerprint* by_scenario);
    const Fingerprint* stated_by_scenario(const LiveBuild& build) const;
    const std::vector<std::string>& author_words(std::uint64_t own) const;

    const Style& style_;
    const Scenario& scenario_;
    Troubles troubles_;
    std::uint64_t key_;
    std::map<std::string, Words> words_;
};

}  // namespace gatesim::logs
