// Kinds of changes, where changes arrive and where people write them.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/decode.hpp"

namespace gatesim::document {

Distribution decode_lines(Context& context, const View& lines) {
    if (lines.node->kind == Node::Kind::number) return Distribution::constant(lines.node->number);
    const View high = *lines.find("p95");
    const double p50 = lines.find("p50")->node->number, p95 = high.node->number;
    if (p95 < p50) context.errors.add(high, "p95 is below p50");
    return p95 > p50 ? Distribution::lognormal_p50_p95(p50, p95) : Distribution::constant(p50);
}

namespace {

ChangeKind decode_kind(Context& context, const std::string& name, const View& view) {
    ChangeKind kind;
    kind.name = name;
    if (view.node->kind == Node::Kind::number) {
        kind.share = view.node->number;
        return kind;
    }
    kind.share = decode_share(*view.find("share"));
    if (const auto priority = view.find("priority")) kind.priority = static_cast<int>(priority->node->number);
    if (const auto single = view.find("single")) kind.single = single->node->flag;
    if (const auto jumps = view.find("jumps")) kind.jumps = jumps->node->flag;
    if (const auto size = view.find("size")) kind.lines = decode_lines(context, *size);
    if (const auto breaks = view.find("breaks")) kind.breaks = decode_share(*breaks);
    return kind;
}

double total(const std::vector<ChangeKind>& kinds) {
    double sum = 0;
    for (const ChangeKind& kind : kinds) sum += kind.share;
    return sum;
}

std::vector<ChangeKind> decode_kinds(Context& context, const View& kinds) {
    std::vector<ChangeKind> out;
    for (std::size_t i = 0; i < kinds.node->members.size(); ++i) {
        const std::string& name = kinds.node->members[i].key;
        if (name != "notes") out.push_back(decode_kind(context, name, kinds.child(i)));
    }
    return out;
}

}  // namespace

std::vector<ChangeKind> decode_arriving_kinds(Context& context, const View& kinds) {
    std::vector<ChangeKind> out = decode_kinds(context, kinds);
    if (total(out) > 1 + 1e-9) context.errors.add(kinds, "the shares are more than 100 % together");
    return out;
}

std::vector<ChangeKind> decode_written_kinds(Context& context, const View& kinds) {
    const auto& members = kinds.node->members;
    const auto is = [&](Node::Kind wanted) {
        return std::any_of(members.begin(), members.end(),
                           [&](const Member& member) { return member.key != "notes" && member.value.kind == wanted; });
    };
    if (is(Node::Kind::number) && is(Node::Kind::object))
        context.errors.add(kinds, "some kinds have a weight and some a share", "",
                           "a weight for each, or a share for each");
    if (!is(Node::Kind::object)) {
        std::vector<ChangeKind> out = decode_kinds(context, kinds);
        if (!out.empty() && total(out) <= 0 && !context.errors.any())
            context.errors.add(kinds, "all weights are 0", "", "at least one weight above 0, or leave it out");
        return out;
    }
    std::vector<ChangeKind> out = decode_arriving_kinds(context, kinds);
    const double rest = 1 - total(out);
    if (rest > 1e-9) {
        const auto code =
            std::find_if(out.begin(), out.end(), [](const ChangeKind& kind) { return kind.name == "code"; });
        if (code == out.end()) {
            ChangeKind& plain = out.emplace_back();
            plain.name = "code";
            plain.share = rest;
        } else
            context.errors.add(kinds, fmt::format("the shares are {:.4g} % together", 100 * total(out)), "",
                               "100 %, or no \"code\": that is the rest");
    }
    return out;
}

}  // namespace gatesim::document
