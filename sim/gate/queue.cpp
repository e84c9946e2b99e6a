#include "gate/queue.hpp"

#include <algorithm>
#include <utility>

namespace gatesim {

void Queue::append(Item& item) {
    item.queue = this;
    item.previous = last;
    item.next = nullptr;
    item.ahead = last;
    if (last) {
        last->next = &item;
        last->behind.open().push_back(&item);
    } else {
        first = &item;
    }
    last = &item;
    ++length;
}

void Queue::park(Item& item) {
    item.queue = this;
    item.parked = true;
    parked.open().push_back(&item);
}

void Queue::detach_from_ahead(Item& item) {
    if (!item.ahead) return;
    auto& siblings = item.ahead->behind.open();
    siblings.erase(std::find(siblings.begin(), siblings.end(), &item));
}

void Queue::hand_followers_over(Item& item) {
    for (Item* follower : item.behind) {
        follower->ahead = item.ahead;
        if (item.ahead) item.ahead->behind.open().push_back(follower);
    }
    item.behind.open().clear();
}

void Queue::remove(Item& item) {
    if (item.parked) {
        std::erase(parked.open(), &item);
        return;
    }
    relinked += item.ahead != nullptr;
    detach_from_ahead(item);
    hand_followers_over(item);
    item.ahead = nullptr;
    (item.previous ? item.previous->next : first) = item.next;
    (item.next ? item.next->previous : last) = item.previous;
    item.previous = item.next = nullptr;
    --length;
}

void Queue::move(Item& item, Item* to) {
    ++relinked;
    detach_from_ahead(item);
    hand_followers_over(item);
    item.ahead = to;
    if (to) to->behind.open().push_back(&item);
}

void Queue::move_with_followers(Item& item, Item* to) {
    ++relinked;
    detach_from_ahead(item);
    item.ahead = to;
    if (to) to->behind.open().push_back(&item);
}

bool Queue::take_stirred(std::vector<Item*>& trials) {
    trials.clear();
    trials.swap(stirred_);
    for (Item* trial : trials) trial->stirred = false;
    return std::exchange(all_stirred_, false);
}

}  // namespace gatesim
