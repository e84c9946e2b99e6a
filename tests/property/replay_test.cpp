// What a page can say of any instant of a run is what the gate says at that instant, whatever the strategy: who stands
// in which queue, in which attempt each is, what each waits for, how many nodes are busy.
//
// The page's side goes the whole way: tables, replay, pack, unpack. The gate's side is read while it runs.
#include "page/replay.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "kernel/engine.hpp"
#include "page/instant.hpp"
#include "page/pack.hpp"
#include "record/columns.hpp"
#include "record/tables.hpp"
#include "record/words.hpp"
#include "scenario/load_scenario.hpp"
#include "strategy/registry.hpp"
#include "study/world.hpp"
#include "support/reading.hpp"
#include "support/strategy_name.hpp"

namespace gatesim {

namespace {

namespace fs = std::filesystem;

constexpr int kInstants = 1000;

Scenario shipped(const std::string& name, const std::string& strategy) {
    LoadOptions options;
    options.strategies = strategy_descriptions();
    options.sets = {"/strategy={\"name\": \"" + strategy + "\"}"};
    const Loaded loaded = load_scenario(GATESIM_SOURCE "/scenarios/" + name, options);
    EXPECT_TRUE(loaded.scenario) << text(loaded.diagnostics);
    return *loaded.scenario;
}

/// One item at an instant, in words that do not depend on who says it.
std::string line(const std::string& queue, std::int64_t item, std::vector<std::int64_t> attempts,
                 const std::string& why, const std::string& because) {
    std::sort(attempts.begin(), attempts.end());
    std::string out = queue + " " + std::to_string(item) + ":";
    for (const std::int64_t attempt : attempts) out += " " + std::to_string(attempt);
    return out + " " + why + " " + because + "\n";
}

std::string of_gate(const Gate& gate, const Cast& cast, const Told& told) {
    std::string out;
    std::set<const Queue*> queues;
    for (const Item* item : gate.remaining())
        if (gate.pipeline(*item->queue).manager == Manager::dependent && !item->detached) queues.insert(item->queue);
    std::map<QueueId, const Queue*> in_order;
    for (const Queue* queue : queues) in_order[queue->id] = queue;
    for (const auto& [id, queue] : in_order)
        for (const Item* item = queue->first; item; item = item->next) {
            std::vector<std::int64_t> attempts;
            for (const Item* state : read_gate(*item, told).all)
                if (state->attempt.prepared) attempts.push_back(state->attempt.id);
            const auto known = told.reasons.find(item->id);
            const Reason reason = known == told.reasons.end() ? Reason{} : known->second;
            const std::string problem = problem_with(reason, *item, read_gate(*item, told), gate);
            out += line(queue_name(cast, id), item->id, attempts, why_name(reason.why) + problem,
                        reason.change == kNone ? "" : change_name(cast, reason.change));
        }
    for (const auto& [pool, busy] : told.busy)
        if (busy > 0) out += pool_name(cast, pool) + " " + std::to_string(busy) + "\n";
    return out;
}

std::string of_page(const page::Replay& r, const page::Instants& instants, Time at) {
    const page::Instant now = instants.at(at);
    std::string out;
    for (std::size_t queue = 0; queue < now.queues.size(); ++queue)
        for (const auto& item : now.queues[queue]) {
            std::vector<std::int64_t> attempts;
            for (const page::Index attempt : item.attempts) attempts.push_back(r.attempts[attempt].number);
            const page::Replay::Wait wait = item.wait == page::kNowhere ? page::Replay::Wait{} : r.waits[item.wait];
            out += line(r.queues[queue].name, r.stays[item.stay].number, attempts,
                        wait.why == page::kNowhere ? "nothing" : r.words[wait.why],
                        wait.because_of == page::kNowhere ? "" : r.changes[wait.because_of].name);
        }
    std::map<std::string, std::int64_t> busy;
    for (std::size_t pool = 0; pool < now.busy.size(); ++pool) busy[r.pools[pool].name] += now.busy[pool];
    for (const auto& [pool, nodes] : busy)
        if (nodes > 0) out += pool + " " + std::to_string(nodes) + "\n";
    return out;
}

/// The gate at each of these instants, once all that happens then has happened; and its tables in the folder.
std::map<Time, std::string> run(const Scenario& scenario, const std::vector<Time>& instants,
                                const std::string& folder) {
    Calendar calendar;
    Cast cast;
    cast.scenario = &scenario;
    Told told;
    Ledger ledger(cast);
    auto tables = make_table_writers(folder, cast, 1);
    for (auto& table : tables) ledger.add(*table);
    World world(scenario, Luck(1, 1), calendar, cast, {&ledger, &told}, {});
    EXPECT_EQ(world.start(), "");
    std::map<Time, std::string> seen;
    auto next = instants.begin();
    const auto look = [&](Time until) {
        world.instant_over();
        for (; next != instants.end() && *next < until; ++next) seen[*next] = of_gate(world.gate(), cast, told);
    };
    make_heap_engine()->run(calendar, kNever, [&] {
        look(calendar.next());
        return !world.broken().empty();
    });
    look(kNever);
    EXPECT_EQ(world.broken(), "");
    world.end(false);
    for (auto& table : tables) EXPECT_EQ(table->finish(), "");
    return seen;
}

/// Parts have no headers; whoever puts them together adds them.
void add_headers(const std::string& folder) {
    for (const TableDoc& doc : table_docs()) {
        const std::string path = folder + "/" + doc.file();
        std::ifstream in(path);
        const std::string rows{std::istreambuf_iterator<char>(in), {}};
        std::ofstream(path) << doc.header() << rows;
    }
}

class Replays : public testing::TestWithParam<std::string> {
protected:
    void hold(const std::string& scenario, Time length) {
        const std::string folder =
            fs::temp_directory_path() / ("gatesim-replay-" + std::to_string(::getpid()) + "-" + scenario);
        fs::create_directories(folder);
        std::mt19937_64 dice(7);
        std::vector<Time> instants;
        for (int i = 0; i < kInstants; ++i)
            instants.push_back(static_cast<Time>(dice() % static_cast<std::uint64_t>(length)));
        std::sort(instants.begin(), instants.end());
        const auto seen = run(shipped(scenario, GetParam()), instants, folder);
        add_headers(folder);
        const page::ReplayRead read = page::read_replay(folder);
        fs::remove_all(folder);
        ASSERT_EQ(read.error, "");
        const page::Replay replay = page::unpack(page::pack(read.replay));
        const page::Instants page(replay);
        for (const auto& [at, gate] : seen)
            ASSERT_EQ(of_page(replay, page, at), gate) << scenario << " at " << seconds_text(at) << " s";
    }
};

TEST_P(Replays, QuickstartAtAThousandInstants) {
    hold("quickstart", 5 * kHour);
}

TEST_P(Replays, BootcampAtAThousandInstants) {
    hold("bootcamp-2013", 7 * kDay);
}

std::vector<std::string> strategies() {
    std::vector<std::string> names;
    for (const StrategyDescription& d : strategy_descriptions())
        if (problem_of({d.name, {}}).empty()) names.push_back(d.name);
    return names;
}

INSTANTIATE_TEST_SUITE_P(Registered, Replays, testing::ValuesIn(strategies()),
                         [](const auto& which) { return name_of_test(which.param); });

}  // namespace

}  // namespace gatesim
