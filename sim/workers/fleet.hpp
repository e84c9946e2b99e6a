// The nodes of one pool that lives (Pool::life): from when they are asked for until they are gone.
//
//     asked for → booting → idle ⇄ busy → stopping → gone
//
// A node has a number, the lowest that is free when it is asked for; a later node can have it again. Requests are
// served by who serves all pools (workers.hpp); the fleet says which nodes are idle, and tells of everything that
// happens to one. Draws are named by (pool, node, how many had that number before).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "chance/draw.hpp"
#include "kernel/calendar.hpp"
#include "load/people/working_time.hpp"
#include "model/event.hpp"
#include "model/scenario.hpp"
#include "workers/pool.hpp"
#include "workers/scaling/scaling.hpp"

namespace gatesim {

/// What a fleet needs from who serves requests.
class FleetClient {
public:
    virtual ~FleetClient() = default;
    virtual void tell(Event& event) = 0;
    /// There are idle nodes that were not.
    virtual void nodes_came() = 0;
    /// There is room for more nodes, of the pool or of its quota.
    virtual void room_came() = 0;
    /// The build that runs on the nodes of this request; kNone: none yet.
    virtual BuildId build_on(RequestId request) = 0;
    /// That build has lost its node: it ends at once, without a result.
    virtual void end_lost(BuildId build) = 0;
    /// The requests that wait and may have nodes of this pool, in order of service.
    virtual std::vector<Wanted> wanted(PoolId pool) = 0;
    /// Nodes that the quota has left.
    virtual std::int64_t left_of_quota(std::uint32_t quota) = 0;
};

class Fleet {
public:
    Fleet(const Scenario& scenario, PoolId id, NodePool& pool, Calendar& calendar, Luck luck, FleetClient& client);
    ~Fleet();

    /// Those that are there at the beginning come up, and the rule begins to look.
    void begin();

    /// Hands out so many idle nodes, the lowest numbers first.
    void take(int count, RequestId request, std::vector<std::uint32_t>& nodes);
    void put_back(std::uint32_t node);
    /// Whether this busy node is gone although no build has begun on it.
    bool is_lost(std::uint32_t node) const { return nodes_[node].lost && !nodes_[node].told; }
    /// The first build on it begins, and ends.
    void tell_lost(std::uint32_t node, BuildId build);

    /// Something happened that the rule may want to see at once (poll 0).
    void wake();
    /// From the timeline.
    void set(PoolNumber number, std::int64_t value);

    /// Nodes that the provider has given or was asked for, those that stop included.
    std::int64_t held() const { return there() + count(State::stopping); }
    /// Asked for or up.
    std::int64_t there() const {
        return count(State::asked) + count(State::booting) + count(State::idle) + count(State::busy);
    }
    std::int64_t busy() const { return count(State::busy); }
    /// How many there can be at most.
    std::int64_t limit() const;

    /// Entries of the calendar that nothing but the pool's own life needs.
    std::size_t upkeep() const { return armed_; }
    /// Nobody needs the pool any more: all of them are taken back.
    void rest();

    /// Why nobody was ever served, in words: "43 nodes of pool x were asked for, and none came up …". Empty if some
    /// came.
    std::string nothing_came() const;

private:
    enum class State : std::uint8_t { gone, asked, booting, idle, busy, stopping };
    enum class Due : std::uint8_t { look, see, act, boot, booted, patience, age, notice, taken, stopped };
    struct Node {
        State state = State::gone;
        bool leaves = false;  ///< it takes no new build
        bool lost = false;    ///< while it was busy
        bool told = false;    ///< that it was lost
        NodeEnd why = NodeEnd::surplus;
        Time asked = 0, up_since = 0, idle_since = 0;
        std::int64_t uses = 0;
        std::uint64_t lives = 0;  ///< nodes that had this number before
        int boots = 0;            ///< that this one began
        RequestId request = kNone;
        Calendar::Handle step, patience, age, taken;
    };

    Calendar::Handle arm(Time at, Due due, std::uint32_t node = 0, Priority priority = Priority::deliver);
    void disarm(Calendar::Handle& handle);
    static void due(void* self, std::uint64_t argument);
    void handle(Due due, std::uint32_t node);

    void look();
    void see();
    void act();
    Sight sight();
    void obey(const Orders& orders, const Sight& seen);
    void look_again(Time at);
    std::uint32_t new_node();
    void ask();
    void boot(std::uint32_t node);
    void booted(std::uint32_t node);
    void come_up(std::uint32_t node, bool at_start);
    void give_up(std::uint32_t node, NodeEnd why);
    void leave(std::uint32_t node, NodeEnd why);
    void stop(std::uint32_t node, NodeEnd why);
    void kill(std::uint32_t node, NodeEnd why);
    void clear(std::uint32_t node);
    void go(std::uint32_t node);
    void change(std::uint32_t node, State state);
    std::int64_t& count(State state) { return counts_[static_cast<std::size_t>(state)]; }
    std::int64_t count(State state) const { return counts_[static_cast<std::size_t>(state)]; }
    void set_most();
    void stop_beyond_cap();
    Time drawn_time(const Distribution& distribution, Purpose purpose, std::uint32_t node) const;
    std::uint64_t draw_of(std::uint32_t node) const;
    std::int64_t warm(Time now) const;
    void tell(EventKind kind, std::uint32_t node, std::int64_t value = 0, BuildId build = kNone);

    const PoolId id_;
    const Pool& config_;
    const PoolLife& life_;
    NodePool& pool_;
    Calendar& calendar_;
    Luck luck_;
    FleetClient& client_;
    std::unique_ptr<ScalingRule> rule_;
    LocalClock clock_;
    std::vector<std::pair<WorkingTime, std::int64_t>> warm_;
    std::int64_t quota_, min_, max_, cap_ = kUnlimited;  ///< kUnlimited but for min_
    std::vector<Node> nodes_;
    std::set<std::uint32_t> free_;          ///< numbers below nodes_.size() that no node has
    std::set<std::uint32_t> ready_;         ///< idle nodes
    std::array<std::int64_t, 6> counts_{};  ///< by State
    std::int64_t failed_ = 0, ever_asked_ = 0, ever_up_ = 0, too_slow_ = 0;
    Time no_boot_until_ = 0;
    std::deque<std::pair<Sight, Calendar::Handle>> seen_;  ///< of which the rule has not heard
    std::size_t armed_ = 0;
    Calendar::Handle look_, see_;
    Time look_at_ = kNever;
    bool resting_ = false;
};

}  // namespace gatesim
