#include "study/little.hpp"

#include <fmt/format.h>

namespace gatesim {

void Station::advance(Time now) {
    area_ += there_ * (now - since_);
    since_ = now;
}

void Station::come(Time now, std::uint32_t id) {
    advance(now);
    if (holds(id) && fault_.empty()) fault_ = fmt::format("{} came twice", id);
    stays_of_.open(id).since = now;
    ++there_;
    ++visits_;
}

void Station::go(Time now, std::uint32_t id) {
    advance(now);
    --there_;
    const Stay* stay = stays_of_.find(id);
    if (!stay) {
        if (fault_.empty()) fault_ = fmt::format("{} went without having come", id);
        return;
    }
    stays_ += now - stay->since;
    stays_of_.close(id);
}

void Station::close(Time now) {
    for (const std::uint32_t id : stays_of_.ids()) stays_ += now - stays_of_.find(id)->since;
    advance(now);
}

std::string Station::fault() const {
    if (!fault_.empty()) return name_ + ": " + fault_;
    if (area_ == stays_) return "";
    return fmt::format("{}: {} µs there over time, {} µs in stays", name_, area_, stays_);
}

void Stations::drop_requests(Time now, ItemId item) {
    const Waiting* waiting = waiting_of_.find(item);
    if (!waiting) return;
    for (const RequestId request : waiting->requests)
        if (waiting_.holds(request)) waiting_.go(now, request);
    waiting_of_.close(item);
}

/// Of people's changes: uploaded, landed, given up; one that was reverted is under way again with its next patch set.
void Stations::follow_change(const Event& event) {
    const bool there = changes_.holds(event.change);
    if (event.kind == EventKind::uploaded && !there) changes_.come(event.at, event.change);
    if (event.kind != EventKind::uploaded && there) changes_.go(event.at, event.change);
}

/// A review is over with its vote, or when there is nothing to read any more: a newer patch set, an approval, the end
/// of the change.
void Stations::follow_reviews(const Event& event) {
    const auto key = std::pair(event.change, event.person);
    if (patchsets_.size() <= event.change) patchsets_.resize(std::size_t{event.change} + event.change / 2 + 16);
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
        case EventKind::withdrawn:
        case EventKind::landed:
            follow_change(event);
            follow_reviews(event);
            break;
        case EventKind::assigned:
        case EventKind::voted:
        case EventKind::approved:
            follow_reviews(event);
            break;
        case EventKind::enqueued:
            queue_.come(event.at, event.item);
            break;
        case EventKind::dequeued:
            if (!runs_on(event)) drop_requests(event.at, event.item);
            queue_.go(event.at, event.item);
            break;
        case EventKind::reset:
            drop_requests(event.at, event.item);
            break;
        case EventKind::requested:
            waiting_.come(event.at, event.request);
            waiting_of_.open(event.item).requests.push_back(event.request);
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
            for (Station* station : {&changes_, &queue_, &waiting_, &nodes_, &builds_, &reviews_})
                station->close(event.at);
            break;
        default:
            break;
    }
}

std::string Stations::fault() const {
    for (const Station* station : all())
        if (std::string fault = station->fault(); !fault.empty()) return fault;
    return "";
}

}  // namespace gatesim
