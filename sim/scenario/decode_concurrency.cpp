// Concurrency groups of jobs, semaphores, and in which order they and nodes are granted.
#include <fmt/format.h>

#include "model/concurrency.hpp"
#include "scenario/decode.hpp"

namespace gatesim::document {

ConcurrencyUse decode_concurrency(Context& context, const View& view) {
    const bool plain = view.node->kind == Node::Kind::text;
    const View group = plain ? view : *view.find("group");
    ConcurrencyUse out;
    out.group = group.node->text;
    if (const auto unknown = unknown_placeholder(out.group)) {
        std::string known;
        for (const std::string_view one : kGroupPlaceholders)
            known += fmt::format("{}{}", known.empty() ? "" : ", ", one);
        context.errors.add(group, fmt::format("{} stands for nothing", quote(*unknown)), "",
                           fmt::format("in braces one of {}", known));
    }
    if (const auto flag = plain ? std::nullopt : view.find("cancel_in_progress"))
        out.cancel_in_progress = flag->node->flag;
    return out;
}

Grants decode_grants(const View& view) {
    return view.node->text == "in_order_of_queue" ? Grants::in_order_of_queue : Grants::in_order_asked;
}

void decode_semaphores(Context& context) {
    const auto semaphores = context.at({"defaults", "semaphores"});
    if (!semaphores) return;
    for (std::size_t i = 0; i < semaphores->node->members.size(); ++i) {
        const Member& member = semaphores->node->members[i];
        if (member.key == "notes") continue;
        const View view = semaphores->child(i);
        Semaphore out;
        out.name = member.key;
        if (view.node->kind == Node::Kind::number) {
            out.limit = static_cast<int>(view.node->number);
        } else {
            if (const auto limit = view.find("limit")) out.limit = static_cast<int>(limit->node->number);
            if (const auto grants = view.find("grants")) out.grants = decode_grants(*grants);
        }
        context.semaphores.add(member.key);
        context.out.semaphores.push_back(std::move(out));
    }
}

}  // namespace gatesim::document
