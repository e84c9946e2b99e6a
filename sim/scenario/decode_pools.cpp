// Pools and labels: where jobs can run.
#include <algorithm>

#include "scenario/decode.hpp"
#include "scenario/life_parts.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

std::int64_t node_count(const View& view) {
    return view.node->kind == Node::Kind::text ? kUnlimited : static_cast<std::int64_t>(view.node->number);
}

Compute compute_of(const std::string& word) {
    return word == "ps" ? Compute::ps : word == "simgrid" ? Compute::simgrid : Compute::none;
}

Pool decode_pool(Context& context, const std::string& name, const Layers& keys) {
    Pool out;
    out.name = name;
    out.labels.push_back(context.labels.add(name));
    if (const auto labels = keys.find("labels")) {
        for (const std::string& label : decode_texts(*labels)) {
            const std::uint32_t id = context.labels.add(label);
            if (std::find(out.labels.begin(), out.labels.end(), id) == out.labels.end()) out.labels.push_back(id);
        }
    }
    out.region = name;
    if (const auto v = keys.find("region")) out.region = v->node->text;
    if (const auto v = keys.find("provider")) out.provider = v->node->text;
    if (const auto v = keys.find("nodes")) out.nodes = node_count(*v);
    if (const auto v = keys.find("when_short"))
        out.when_short = v->node->text == "fail" ? WhenShort::fail : WhenShort::wait;
    if (const auto v = keys.find("grants")) out.grants = decode_grants(*v);
    if (const auto v = keys.find("boot")) out.boot = decode_distribution(context, *v);
    if (const auto v = keys.find("single_use")) out.single_use = v->node->flag;
    if (const auto v = keys.find("launch_failure")) out.launch_failure = decode_share(*v);
    if (const auto v = keys.find("launch_attempts")) out.launch_attempts = static_cast<int>(v->node->number);
    if (const auto v = keys.find("start_delay")) out.start_delay = decode_time(*v);
    if (const auto v = keys.find("abort_delay")) out.abort_delay = decode_time(*v);
    if (const auto v = keys.find("compute")) out.compute = compute_of(v->node->text);
    if (const auto v = keys.find("nodes_per_host")) out.nodes_per_host = static_cast<int>(v->node->number);
    if (const auto v = keys.find("cores_per_host")) out.cores_per_host = v->node->number;
    if (const auto v = keys.find("price")) out.price_per_hour = units::read_price(v->node->text).value.value_or(0);
    if (const auto v = keys.find("fall_back_after")) out.fall_back_after = decode_time(*v);
    decode_life(context, keys, out);
    return out;
}

}  // namespace

void decode_pools(Context& context) {
    decode_quotas(context);
    std::vector<Layers> layers;
    std::vector<View> defaults;
    if (const auto view = context.at({"defaults", "pool"})) defaults.push_back(*view);
    if (const auto pools = context.root.find("pools")) {
        for (std::size_t i = 0; i < pools->node->members.size(); ++i) {
            const std::string& name = pools->node->members[i].key;
            if (name == "notes") continue;
            context.pools.add(name);
            Layers keys{{pools->child(i)}};
            keys.layers.insert(keys.layers.end(), defaults.begin(), defaults.end());
            context.out.pools.push_back(decode_pool(context, name, keys));
            layers.push_back(keys);
        }
    }
    if (context.out.pools.empty()) {
        context.pools.add("default");
        layers.push_back(Layers{defaults});
        context.out.pools.push_back(decode_pool(context, "default", layers.back()));
    }
    for (std::size_t i = 0; i < layers.size(); ++i) decode_retry_pool(context, layers[i], context.out.pools[i]);
    context.out.labels = context.labels.list();
}

}  // namespace gatesim::document
