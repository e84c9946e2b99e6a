// A queue: items in order, and what each is tested on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gate/happenings.hpp"
#include "gate/item.hpp"
#include "gate/repeats.hpp"
#include "gate/sealed.hpp"

namespace gatesim {

class Gate;
class Strategy;

/// What a strategy remembers of a queue; each derives its own.
struct StrategyState {
    virtual ~StrategyState() = default;
};

/// What people or the review system said of a change, also where it had no effect: for strategies that listen
/// (Strategy::listens).
struct Heard {
    enum class Kind : std::uint8_t {
        enqueued,      ///< it was approved (again)
        dequeued,      ///< approval taken back, or abandoned
        new_patchset,  ///< it has another patch set
        left,          ///< the item left the queue, for whatever reason
        priority,      ///< somebody gave it a priority
        single,        ///< somebody asked that it be tested alone, or not any more
        hold,          ///< of no change: the pipeline is frozen, thawed, paused or resumed
    };
    Kind kind = Kind::enqueued;
    ChangeId change = kNone;
    ItemId item = kNone;  ///< left
    bool news = true;     ///< priority: it had another one before; enqueued: a person asks, and not a new patch set
};

struct Queue {
    Sealed<QueueId> id = kNone;
    Sealed<PipelineId> pipeline = kNone;
    Sealed<std::string> name;
    Sealed<bool> dynamic = false;  ///< disappears when empty; carries no window
    Sealed<bool> dirty = false;    ///< something happened since the last pass that changed nothing
    /// Zuul would never come to rest here: a change and one it needs, which came back behind it, change places for
    /// ever. From then on a need that stands behind cannot hold a change up, and what landed by another way is left
    /// alone.
    Sealed<bool> restless = false;
    Sealed<Item*> first = nullptr;
    Sealed<Item*> last = nullptr;
    Sealed<std::size_t> length = 0;
    Sealed<std::vector<Item*>> parked;  ///< in a freeze: behind all others, neither counted nor tested for now
    /// Raised when somebody is hung elsewhere, or leaves who was hung behind another one, or whose change stands in the
    /// queue once more. As long as it stands still, what an item is tested on changes only by losing its front.
    Sealed<std::uint64_t> relinked = 0;
    Sealed<std::uint64_t> prepared_up_to =
        0;  ///< highest sequence of an item that was ever prepared: beyond it nothing has to be cancelled
    /// Items to which something happened that a strategy may not see by itself, by sequence: a change they need left,
    /// began or stopped failing, or what they were hung behind is failing. The strategy takes out what it has looked
    /// at.
    std::map<std::uint64_t, Item*> unsettled;
    Sealed<std::vector<ChangeId>> landed;  ///< by this queue, in order
    /// What the contract found at the last landing: so far its chain had landed, in its order. The next one's chain
    /// mostly begins like it, and is looked at from there on.
    struct Checked {
        SharedList<ChangeId> chain;        ///< without what landed
        std::uint32_t queue_landings = 0;  ///< when that was prepared
        std::size_t next = 0;              ///< in `landed`: what would have been missed
        bool excused = false;              ///< one of it landed by another way
    };
    Sealed<Checked> checked;
    Sealed<std::uint64_t> last_landed_sequence = 0;
    Sealed<std::vector<Item*>> trials;     ///< open ones, in the order they were opened
    Sealed<std::uint64_t> departures = 0;  ///< raised by each item that leaves it, landed or not
    std::vector<Heard> heard;              ///< since it took them out, if the strategy listens; in order
    Sealed<std::uint64_t> branch = 0;      ///< raised by all that lands where it lands: by itself, by others, by hand
    std::vector<std::uint64_t> rung;       ///< tags of timers (Gate::arm) that are over; the strategy takes them out
    Sealed<Happenings> happenings;         ///< the contract asks whether an item was reset for anything that happened
    Sealed<Happenings::Moment> armed_at = 0;  ///< when a timer was armed last
    Sealed<int> idle_timers = 0;              ///< armed in a row, while nothing happened
    Sealed<Repeats> repeats;                  ///< the contract asks whether trials lead anywhere
    std::unique_ptr<StrategyState> state;

    /// For a strategy that follows trials (Strategy::follows_trials): those to which something happened since they were
    /// taken out (a build, nodes, the merger's answer; refuted), each once, as things happened. True if something
    /// happened that concerns all of them (a freeze, a semaphore, other parameters).
    bool take_stirred(std::vector<Item*>& trials);

    /// Nobody is in it, nor under test.
    bool deserted() const { return length == 0 && parked.empty() && trials.empty(); }
    std::uint64_t front_sequence() const { return first ? std::uint64_t{first->sequence} : ~std::uint64_t{0}; }

private:
    friend class Gate;  // a strategy moves items through the gate only

    std::vector<Item*> stirred_;
    bool all_stirred_ = false;

    /// Appends; its ahead is the last item of the list, whatever state that is in.
    void append(Item& item);

    /// The same, but out of sight.
    void park(Item& item);

    /// Takes the item out of list and forest; its followers get its ahead.
    void remove(Item& item);

    /// Its followers get its old ahead; the item alone goes behind `to` (nullptr: becomes a root).
    void move(Item& item, Item* to);

    /// The item and everything behind it goes behind `to`.
    void move_with_followers(Item& item, Item* to);

    static void detach_from_ahead(Item& item);
    static void hand_followers_over(Item& item);
};

}  // namespace gatesim
