// Little's law, L = lambda W, on every station of a run: what is there, added up over time, is what each spent there.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/event.hpp"
#include "record/live_map.hpp"

namespace gatesim {

/// A place where things come, stay and go. Counts what is there from comings and goings alone, and times every stay by
/// its number; both must give the same area, to the microsecond. Memory follows what is there at once.
class Station {
public:
    explicit Station(std::string name) : name_(std::move(name)) {}

    void come(Time now, std::uint32_t id);
    void go(Time now, std::uint32_t id);
    bool holds(std::uint32_t id) const { return stays_of_.find(id) != nullptr; }
    /// Time is over: who is still there has stayed until now.
    void close(Time now);

    const std::string& name() const { return name_; }
    std::uint64_t visits() const { return visits_; }
    Time area() const { return area_; }    ///< the number there, integrated over time
    Time stays() const { return stays_; }  ///< all stays together
    /// What is wrong; empty if the law holds.
    std::string fault() const;

private:
    struct Stay {
        Time since = 0;
        void recycle() {}
    };
    void advance(Time now);

    std::string name_;
    LiveMap<Stay> stays_of_;
    std::int64_t there_ = 0;
    std::uint64_t visits_ = 0;
    Time since_ = 0, area_ = 0, stays_ = 0;
    std::string fault_;
};

/// Every station of a run: changes under way (of people: first upload to landing or giving up), the queues, waiting for
/// nodes, the nodes, the builds, reviews (from when somebody is asked until the vote, or until nobody needs it any
/// more). Every replication of every command has one listening (study/worker.hpp); a fault means that events are
/// missing or told twice, and that no number of the run can be trusted.
class Stations final : public Observer {
public:
    void on(const Event& event) override;
    std::vector<const Station*> all() const { return {&changes_, &queue_, &waiting_, &nodes_, &builds_, &reviews_}; }
    /// What is wrong with the first station that does not keep the law; empty if all do.
    std::string fault() const;

private:
    /// Node requests of an item that may still wait.
    struct Waiting {
        std::vector<RequestId> requests;
        void recycle() { requests.clear(); }
    };
    void drop_requests(Time now, ItemId item);
    void follow_change(const Event& event);
    void follow_reviews(const Event& event);

    Station changes_{"changes under way"}, queue_{"queue"}, waiting_{"waiting for nodes"}, nodes_{"nodes"},
        builds_{"builds"}, reviews_{"reviews"};
    LiveMap<Waiting> waiting_of_;                                   ///< by item
    std::map<std::pair<ChangeId, PersonId>, std::uint32_t> asked_;  ///< open reviews, by number
    std::vector<int> patchsets_;                                    ///< by change: the latest that was uploaded
    std::uint32_t reviews_asked_ = 0;
};

}  // namespace gatesim
