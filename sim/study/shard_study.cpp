// shard.json: of which study a folder holds a shard.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "study/question.hpp"
#include "study/shard_folders.hpp"
#include "study/summary.hpp"

namespace gatesim {

using Json = nlohmann::ordered_json;

namespace {

constexpr int kShardFormat = 1;

using Arms = std::vector<std::pair<std::string, std::string>>;

/// Labels in one of them that are not in the other.
std::vector<std::string> labels_beyond(const Arms& some, const Arms& others) {
    std::vector<std::string> out;
    for (const auto& [label, sha] : some) {
        const bool there =
            std::any_of(others.begin(), others.end(), [&l = label](const auto& o) { return o.first == l; });
        if (!there) out.push_back(label);
    }
    constexpr std::size_t kMostNamed = 3;
    if (out.size() > kMostNamed) {
        const std::size_t more = out.size() - kMostNamed;
        out.resize(kMostNamed);
        out.push_back(fmt::format("{} more", more));
    }
    return out;
}

std::string difference_of_arms(const Arms& other, const Arms& asked) {
    const auto extra = labels_beyond(other, asked), absent = labels_beyond(asked, other);
    std::vector<std::string> out;
    if (!extra.empty()) out.push_back(fmt::format("it has {}, which is not asked for", fmt::join(extra, ", ")));
    if (!absent.empty()) out.push_back(fmt::format("it lacks {}", fmt::join(absent, ", ")));
    if (!out.empty()) return fmt::format("{}", fmt::join(out, ", and "));
    for (std::size_t a = 0; a < asked.size(); ++a) {
        if (other[a].first != asked[a].first) return "it has the same arms in another order";
        if (other[a].second != asked[a].second)
            return fmt::format("its scenario, or what was set in it, is another one (seen at {})", asked[a].first);
    }
    return "";
}

}  // namespace

ShardStudy shard_study(const std::string& command, const std::vector<Arm>& arms, const GridOptions& options) {
    ShardStudy out;
    out.command = command;
    out.version = version();
    out.build = build_id();
    out.scenario = arms.front().scenario.name;
    out.seed = options.seed;
    out.until = options.until == kNever ? "never" : fmt::format("{} us", options.until);
    out.warmup = options.warmup ? fmt::format("{} us", *options.warmup) : "auto";
    out.looks = options.looks;
    for (const Arm& arm : arms) out.arms.emplace_back(arm.label, sha256_of_arm(arm.scenario));
    return out;
}

std::string difference_of(const ShardStudy& other, const ShardStudy& asked) {
    if (other.command != asked.command)
        return fmt::format("it is a shard of a {}, not of a {}", other.command, asked.command);
    if (other.version != asked.version || other.build != asked.build)
        return fmt::format("it was made by another build of gatesim ({}, {}; this is {}, {})", other.version,
                           other.build, asked.version, asked.build);
    if (other.scenario != asked.scenario)
        return fmt::format("its scenario is {}, not {}", other.scenario, asked.scenario);
    if (other.seed != asked.seed) return fmt::format("its seed is {}, not {}", other.seed, asked.seed);
    if (other.looks != asked.looks)
        return fmt::format("it counts replications {}, not {}", fmt::join(other.looks, ", "),
                           fmt::join(asked.looks, ", "));
    if (other.until != asked.until) return fmt::format("it ends {}, not {} (--until)", other.until, asked.until);
    if (other.warmup != asked.warmup) return fmt::format("its --warmup is {}, not {}", other.warmup, asked.warmup);
    return difference_of_arms(other.arms, asked.arms);
}

std::string shard_json(const Shard& shard, const ShardStudy& study) {
    Json out = {{"gatesim_shard", kShardFormat}, {"shard", shard.number},    {"of", shard.count},
                {"command", study.command},      {"version", study.version}, {"build", study.build},
                {"scenario", study.scenario},    {"seed", study.seed},       {"until", study.until},
                {"warmup", study.warmup},        {"looks", study.looks},     {"arms", Json::array()}};
    for (const auto& [label, sha] : study.arms) out["arms"].push_back({{"label", label}, {"sha256", sha}});
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool read_shard_json(const std::string& text, ShardFolder& out) {
    const Json document = Json::parse(text, nullptr, false);
    try {
        if (document.at("gatesim_shard") != kShardFormat) return false;
        const auto shard = read_shard(
            fmt::format("{}/{}", document.at("shard").get<std::uint32_t>(), document.at("of").get<std::uint32_t>()));
        if (!shard) return false;
        out.shard = *shard;
        ShardStudy& study = out.study;
        study.command = document.at("command");
        study.version = document.at("version");
        study.build = document.at("build");
        study.scenario = document.at("scenario");
        study.seed = document.at("seed");
        study.until = document.at("until");
        study.warmup = document.at("warmup");
        study.looks = document.at("looks").get<std::vector<std::uint32_t>>();
        for (const Json& arm : document.at("arms"))
            study.arms.emplace_back(arm.at("label").get<std::string>(), arm.at("sha256").get<std::string>());
        return true;
    } catch (const nlohmann::json::exception&) {
        return false;
    }
}

}  // namespace gatesim
