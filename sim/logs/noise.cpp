#include "logs/noise.hpp"

#include <cmath>

#include "logs/sentences.hpp"

namespace gatesim::logs {

Noise::Noise(const Style& style, std::uint64_t key, std::size_t jobs) : repeat_(style.repeat) {
    Keyed luck(key);
    const std::vector<double> common{1, 1, 0.8, 0.5, 0.2};
    const std::vector<Level> calm{Level::debug, Level::info, Level::info, Level::info, Level::warning};
    const std::vector<Level> any{Level::info, Level::warning, Level::error};
    const std::size_t layers = style.layers.size();
    const auto layer = [&] { return luck.between(0, layers - 1); };
    const auto service = [&] { return luck.between(1, layers - 1); };
    const auto job = [&] {
        const std::uint64_t which = luck.between(0, 2 * jobs);
        return which < jobs ? static_cast<std::int64_t>(which) : -1;
    };
    const auto add = [&](std::size_t where, Level level, std::string text, double failed, double passed) -> Kind& {
        Kind& one = kinds_.emplace_back();
        one.layer = where, one.level = level, one.text = std::move(text), one.failed = failed, one.passed = passed;
        return one;
    };
    for (const std::string& text : style.noise) {
        const double share = luck.pick(common);
        add(luck.chance(0.5) ? 0 : layer(), luck.pick(calm), text, share, share).often = true;
    }
    for (int i = 0; i < style.kinds; ++i) {
        const double share = luck.pick(common);
        Kind& one = add(layer(), luck.pick(calm), made_up(style, luck, false), share, share);
        one.often = true;
        one.job = job();
    }
    for (int i = 0; i < style.rare_kinds; ++i) {
        const double share = std::pow(10, -3.2 + 2.2 * luck.uniform());
        add(layer(), luck.pick(any), made_up(style, luck, luck.chance(0.5)), share, share);
    }
    for (int i = 0; i < style.traces; ++i) {
        const double share = std::pow(10, -2.5 + 1.8 * luck.uniform());
        add(service(), Level::error, made_up_trace(style, luck, made_up(style, luck, true)), share, share);
    }
    // Red herrings: an error of all runs; what is only more common in failed ones; what begins or ends in the middle of
    // the period, whatever comes of runs.
    add(service(), Level::error, made_up(style, luck, true), style.errors, style.errors);
    add(layer(), Level::warning, made_up(style, luck, false), 0.6, 0.2);
    add(layer(), Level::error, made_up(style, luck, true), 0.5, 0.05);
    add(layer(), Level::warning, made_up(style, luck, true), 0.4, 0.4).from = 0.3 + 0.4 * luck.uniform();
    add(layer(), Level::warning, made_up(style, luck, true), 0.4, 0.4).until = 0.3 + 0.4 * luck.uniform();
    for (const std::string& text : style.failed) ends_.push_back({0, Level::error, &text});
}

void Noise::draw(Keyed& luck, bool failed, std::size_t job, double share, std::vector<Said>& to) const {
    for (const Kind& one : kinds_) {
        if (one.job >= 0 && static_cast<std::size_t>(one.job) != job) continue;
        if (share < one.from || share > one.until || !luck.chance(failed ? one.failed : one.passed)) continue;
        static constexpr std::uint64_t kTimes[] = {1, 1, 2, 4};
        const std::uint64_t times =
            (one.often ? kTimes[luck.between(0, 3)] : 1) * static_cast<std::uint64_t>(one.often ? repeat_ : 1);
        for (std::uint64_t i = 0; i < times; ++i) to.push_back({one.layer, one.level, &one.text});
    }
    for (std::size_t i = to.size(); i > 1; --i) std::swap(to[i - 1], to[luck.between(0, i - 1)]);
}

}  // namespace gatesim::logs
