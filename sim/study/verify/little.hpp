// Little's law, L = lambda W, on every station of a run: what is there, added up over time, is what each spent there.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/event.hpp"

namespace gatesim {

/// A place where things come, stay and go. Counts what is there from comings and goings alone, and times every stay by
/// its number; both must give the same area, to the microsecond.
class Station {
public:
    explicit Station(std::string name) : name_(std::move(name)) {}

    void come(Time now, std::uint32_t id);
    void go(Time now, std::uint32_t id);
    bool holds(std::uint32_t id) const { return id < came_at_.size() && came_at_[id] >= 0; }
    /// Time is over: who is still there has stayed until now.
    void close(Time now);

    const std::string& name() const { return name_; }
    std::uint64_t visits() const { return visits_; }
    Time area() const { return area_; }    ///< the number there, integrated over time
    Time stays() const { return stays_; }  ///< all stays together
    /// What is wrong; empty if the law holds.
    std::string fault() const;

private:
    void advance(Time now);

    std::string name_;
    std::vector<Time> came_at_;  ///< by id; -1 = not there
    std::int64_t there_ = 0;
    std::uint64_t visits_ = 0;
    Time since_ = 0, area_ = 0, stays_ = 0;
    std::string fault_;
};

/// Every station of a run: the queues, waiting for nodes, the nodes, the builds, reviews (from when somebody is asked
/// until the vote, or until nobody needs it any more).
class Stations final : public Observer {
public:
    void on(const Event& event) override;
    std::vector<const Station*> all() const { return {&queue_, &waiting_, &nodes_, &builds_, &reviews_}; }

private:
    void drop_requests(Time now, ItemId item);
    void note_request(ItemId item, RequestId request);
    void follow_reviews(const Event& event);

    Station queue_{"queue"}, waiting_{"waiting for nodes"}, nodes_{"nodes"}, builds_{"builds"}, reviews_{"reviews"};
    std::vector<RequestId> newest_of_;                              ///< by item: its newest request
    std::vector<RequestId> next_older_;                             ///< by request: the one its item made before
    std::map<std::pair<ChangeId, PersonId>, std::uint32_t> asked_;  ///< open reviews, by number
    std::map<ChangeId, int> patchsets_;                             ///< the latest that was uploaded
    std::uint32_t reviews_asked_ = 0;
};

}  // namespace gatesim
