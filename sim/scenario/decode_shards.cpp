// Jobs that are several: /jobs/shard with count 3 is the jobs shard-1, shard-2 and shard-3. (See decode.hpp.)
#include <fmt/format.h>

#include "scenario/decode.hpp"

namespace gatesim::document {

void name_jobs(Context& context, const View& jobs, std::size_t index) {
    const Member& member = jobs.node->members[index];
    const auto count = jobs.child(index).find("count");
    std::vector<std::string> names;
    for (int n = 1; count && n <= static_cast<int>(count->node->number); ++n)
        names.push_back(fmt::format("{}-{}", member.key, n));
    if (!count) names.push_back(member.key);
    for (const std::string& name : names) {
        const std::uint32_t id = context.jobs.add(name);
        if (id == context.job_members.size())
            context.job_members.push_back(index);
        else
            context.errors.add(
                count.value_or(jobs.child(index)),
                fmt::format("there are two jobs called {}: one is listed, one is of a count", quote(name)), "",
                "names that differ");
        if (count) context.shards[member.key].push_back(id);
    }
}

std::vector<std::uint32_t> jobs_named(const Context& context, const std::string& name) {
    if (const auto shards = context.shards.find(name); shards != context.shards.end()) return shards->second;
    const auto job = context.jobs.find(name);
    return job ? std::vector{*job} : std::vector<std::uint32_t>{};
}

std::vector<std::string> job_words(const Context& context) {
    std::vector<std::string> out;
    for (const auto& [name, shards] : context.shards) out.push_back(name);
    out.insert(out.end(), context.jobs.list().begin(), context.jobs.list().end());
    return out;
}

std::vector<std::uint32_t> resolve_jobs(Context& context, const View& name) {
    std::vector<std::uint32_t> found = jobs_named(context, name.node->text);
    if (found.empty()) context.errors.unknown_name(name, "job", job_words(context));
    return found;
}

std::vector<std::string> decode_job_names(Context& context, const View& list) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < list.node->members.size(); ++i)
        for (const std::uint32_t job : resolve_jobs(context, list.child(i))) out.push_back(context.jobs.list()[job]);
    return out;
}

}  // namespace gatesim::document
