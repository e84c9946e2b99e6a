// Pools that live: their keys, and what must go together.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"
#include "scenario/hours_form.hpp"
#include "scenario/life_parts.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

constexpr const char* kLifeKeys[] = {
    "scaling",           "min",       "max",      "poll",     "signal_delay", "keep_warm", "provision", "boot_timeout",
    "boot_timeout_from", "stop_time", "back_off", "lifetime", "max_uses",     "quota",     "spot",      "price_idle",
    "price_boot"};

std::int64_t node_count(const View& view) {
    return view.node->kind == Node::Kind::text ? kUnlimited : static_cast<std::int64_t>(view.node->number);
}

void decode_scaling(Context& context, const View& view, PoolLife& life) {
    const bool object = view.node->kind == Node::Kind::object;
    life.scaling.name = object ? view.find("rule")->node->text : view.node->text;
    if (!object) return;
    for (const ScalingDescription& rule : known_scaling_rules()) {
        if (rule.name != life.scaling.name) continue;
        StrategyDescription described;
        described.name = rule.name;
        described.parameters = rule.parameters;
        for (std::size_t i = 0; i < view.node->members.size(); ++i) {
            const Member& member = view.node->members[i];
            if (member.key != "rule" && member.key != "notes")
                decode_parameter(view.child(i), member.key, member.at, described, life.scaling, context.errors);
        }
    }
}

void decode_spot(const View& view, PoolLife& life) {
    Spot spot;
    spot.per_hour = units::read_rate(view.find("rate")->node->text).value.value_or(0) * 3600;
    if (const auto v = view.find("notice")) spot.notice = decode_time(*v);
    life.spot = spot;
}

void decode_keep_warm(Context& context, const View& view, PoolLife& life) {
    for (std::size_t i = 0; i < view.node->members.size(); ++i) {
        const View line = view.child(i);
        life.keep_warm.push_back(
            {decode_hours(context, *line.find("hours")), static_cast<std::int64_t>(line.find("nodes")->node->number)});
    }
}

void decode_quota(Context& context, const View& view, PoolLife& life) {
    std::vector<std::string> names;
    for (std::uint32_t q = 0; q < context.out.quotas.size(); ++q) {
        names.push_back(context.out.quotas[q].name);
        if (names.back() == view.node->text) life.quota = q;
    }
    if (life.quota == kNone) context.errors.unknown_name(view, "quota", names);
}

std::int64_t most_kept(const PoolLife& life) {
    std::int64_t most = life.min;
    for (const KeepWarm& line : life.keep_warm) most = std::max(most, line.nodes);
    return most;
}

void decode_times(Context& context, const Layers& keys, PoolLife& life) {
    if (const auto v = keys.find("poll")) life.poll = decode_time(*v);
    if (const auto v = keys.find("signal_delay")) life.signal_delay = decode_time(*v);
    if (const auto v = keys.find("provision")) life.provision = decode_distribution(context, *v);
    if (const auto v = keys.find("boot_timeout"))
        life.boot_timeout = v->node->kind == Node::Kind::null ? kNever : decode_time(*v);
    if (const auto v = keys.find("boot_timeout_from")) life.timeout_from_up = v->node->text == "up";
    if (const auto v = keys.find("stop_time")) life.stop_time = decode_distribution(context, *v);
    if (const auto v = keys.find("back_off")) life.back_off = decode_time(*v);
    if (const auto v = keys.find("lifetime")) life.lifetime = decode_time(*v);
}

}  // namespace

void decode_life(Context& context, const Layers& keys, Pool& pool) {
    const bool lives = std::any_of(std::begin(kLifeKeys), std::end(kLifeKeys),
                                   [&](const char* key) { return keys.find(key).has_value(); });
    if (!lives) return;
    PoolLife& life = pool.life.emplace();
    const auto nodes = keys.find("nodes"), scaling = keys.find("scaling");
    if (scaling) decode_scaling(context, *scaling, life);
    for (const ScalingDescription& rule : known_scaling_rules())
        if (rule.name == life.scaling.name) {
            life.poll = rule.poll;
            life.boot_timeout = rule.boot_timeout;
        }
    decode_times(context, keys, life);
    if (nodes && pool.nodes == kUnlimited)
        context.errors.add(*nodes, "of a pool that lives, nodes says how many are up at the beginning", "",
                           "a count; max may be \"unlimited\"");
    if (nodes && !scaling) life.min = pool.nodes;
    if (const auto v = keys.find("min")) life.min = static_cast<std::int64_t>(v->node->number);
    if (const auto v = keys.find("keep_warm")) decode_keep_warm(context, *v, life);
    if (const auto v = keys.find("max")) {
        life.max = node_count(*v);
        if (!scaling && life.max != kUnlimited && life.max > most_kept(life))
            context.errors.add(*v, "without a rule the pool never has more than min and keep_warm say", "",
                               "scaling: one of the rules that \"gatesim list scaling\" names");
    } else if (!scaling) {
        life.max = most_kept(life);
    }
    pool.nodes = nodes && pool.nodes != kUnlimited ? pool.nodes : life.min;
    for (const char* key : {"min", "nodes"}) {
        const auto v = keys.find(key);
        const std::int64_t least = key[0] == 'm' ? life.min : pool.nodes;
        if (v && life.max != kUnlimited && least > life.max)
            context.errors.add(*v, fmt::format("{} is {}, and max only {}", key, least, life.max));
    }
    for (std::size_t i = 0; i < life.keep_warm.size() && life.max != kUnlimited; ++i)
        if (life.keep_warm[i].nodes > life.max)
            context.errors.add(
                *keys.find("keep_warm")->child(i).find("nodes"),
                fmt::format("{} nodes are to be kept, and max is {}", life.keep_warm[i].nodes, life.max));
    if (const auto v = keys.find("max_uses")) {
        life.max_uses = static_cast<std::int64_t>(v->node->number);
        if (!keys.find("single_use")) pool.single_use = false;
        if (pool.single_use && life.max_uses > 1)
            context.errors.add(*v, "a node with single_use has one use", "", "\"single_use\": false, or leave it out");
    }
    if (const auto v = keys.find("quota")) decode_quota(context, *v, life);
    if (const auto v = keys.find("spot")) decode_spot(*v, life);
    life.price_idle = life.price_boot = pool.price_per_hour;
    if (const auto v = keys.find("price_idle")) life.price_idle = units::read_price(v->node->text).value.value_or(0);
    if (const auto v = keys.find("price_boot")) life.price_boot = units::read_price(v->node->text).value.value_or(0);
    if (const auto v = keys.find("compute"); v && pool.compute == Compute::simgrid && life.max == kUnlimited)
        context.errors.add(*v, "simgrid needs to know how many machines there can be", "", "a max");
}

void decode_retry_pool(Context& context, const Layers& keys, Pool& pool) {
    const auto spot = pool.life && pool.life->spot ? keys.find("spot") : std::nullopt;
    const auto on = spot ? spot->find("retry_on") : std::nullopt;
    if (!on || on->node->text == "same") return;
    if (const auto id = resolve(context, *on, "pool", context.pools)) pool.life->spot->retry_on = *id;
}

void decode_quotas(Context& context) {
    const auto quotas = context.root.find("quotas");
    for (std::size_t i = 0; quotas && i < quotas->node->members.size(); ++i) {
        const Member& member = quotas->node->members[i];
        if (member.key != "notes")
            context.out.quotas.push_back({member.key, static_cast<std::int64_t>(member.value.number)});
    }
}

}  // namespace gatesim::document
