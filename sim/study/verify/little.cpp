#include "study/verify/little.hpp"

#include <fmt/format.h>

namespace gatesim {

void Station::advance(Time now) {
    area_ += there_ * (now - since_);
    since_ = now;
}

void Station::come(Time now, std::uint32_t id) {
    advance(now);
    if (holds(id) && fault_.empty()) fault_ = fmt::format("{} came twice", id);
    if (came_at_.size() <= id) came_at_.resize(id + id / 2 + 16, -1);
    came_at_[id] = now;
    ++there_;
    ++visits_;
}

void Station::go(Time now, std::uint32_t id) {
    advance(now);
    --there_;
    if (!holds(id)) {
        if (fault_.empty()) fault_ = fmt::format("{} went without having come", id);
        return;
    }
    stays_ += now - came_at_[id];
    came_at_[id] = -1;
}

void Station::close(Time now) {
    for (std::uint32_t id = 0; id < came_at_.size(); ++id) {
        if (holds(id)) stays_ += now - came_at_[id];
    }
    advance(now);
}

std::string Station::fault() const {
    if (!fault_.empty()) return name_ + ": " + fault_;
    if (area_ == stays_) return "";
    return fmt::format("{}: {} µs there over time, {} µs in stays", name_, area_, stays_);
}

void Stations::drop_requests(Time now, ItemId item) {
    if (item >= newest_of_.size()) return;
    for (RequestId request = newest_of_[item]; request != kNone; request = next_older_[request]) {
        if (waiting_.holds(request)) waiting_.go(now, request);
    }
    newest_of_[item] = kNone;
}

void Stations::note_request(ItemId item, RequestId request) {
    if (newest_of_.size() <= item) newest_of_.resize(item + item / 2 + 16, kNone);
    if (next_older_.size() <= request) next_older_.resize(request + request / 2 + 16, kNone);
    next_older_[request] = newest_of_[item];
    newest_of_[item] = request;
}

/// A review is over with its vote, or when there is nothing to read any more: a newer patch set, an approval, the end
/// of the change.
void Stations::follow_reviews(const Event& event) {
    const auto key = std::pair(event.change, event.person);
    if (event.kind == EventKind::uploaded) patchsets_[event.change] = event.patchset;
    const bool current = event.patchset == 0 || event.patchset >= patchsets_[event.change];
    if (event.kind == EventKind::assigned) {
        if (!current || asked_.count(key)) return;
        asked_[key] = reviews_asked_;
        return reviews_.come(event.at, reviews_asked_++);
    }
    if (event.kind == EventKind::voted) {
        const auto open = asked_.find(key);
        if (open == asked_.end() || !current) return;
        reviews_.go(event.at, open->second);
        asked_.erase(open);
        return;
    }
    for (auto open = asked_.lower_bound({event.change, 0});
         open != asked_.end() && open->first.first == event.change;) {
        reviews_.go(event.at, open->second);
        open = asked_.erase(open);
    }
}

void Stations::on(const Event& event) {
    switch (event.kind) {
        case EventKind::uploaded:
        case EventKind::assigned:
        case EventKind::voted:
        case EventKind::approved:
        case EventKind::withdrawn:
        case EventKind::landed:
            follow_reviews(event);
            break;
        case EventKind::enqueued:
            queue_.come(event.at, event.item);
            break;
        case EventKind::dequeued:
            drop_requests(event.at, event.item);
            queue_.go(event.at, event.item);
            break;
        case EventKind::reset:
            drop_requests(event.at, event.item);
            break;
        case EventKind::requested:
            waiting_.come(event.at, event.request);
            note_request(event.item, event.request);
            break;
        case EventKind::granted:
            waiting_.go(event.at, event.request);
            nodes_.come(event.at, event.request);
            break;
        case EventKind::released:
            nodes_.go(event.at, event.request);
            break;
        case EventKind::build_started:
            builds_.come(event.at, event.build);
            break;
        case EventKind::build_ended:
            builds_.go(event.at, event.build);
            break;
        case EventKind::ended:
            for (Station* station : {&queue_, &waiting_, &nodes_, &builds_, &reviews_}) station->close(event.at);
            break;
        default:
            break;
    }
}

}  // namespace gatesim
