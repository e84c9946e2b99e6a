#include "property/zoo/zoo.hpp"

namespace gatesim::zoo {
namespace {

/// Remembers the front of the first queue it saw and works on that from every other queue.
class MeddlesElsewhere final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (!queue.first) return false;
        if (!home_) home_ = &queue;
        work_on(gate, home_->first ? *home_->first : *queue.first);
        return false;
    }

private:
    Queue* home_ = nullptr;
};

/// Cannot let go of an item that has left.
class ClingsToTheDead final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        Item* front = queue.first;
        if (!front) return false;
        work_on(gate, *front);
        if (!finish_front(gate, queue)) return false;
        gate.reset(*front, {});
        return true;
    }
};

/// Gives the final word twice.
class ReportsTwice final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        Item* front = queue.first;
        if (!front) return false;
        work_on(gate, *front);
        if (gate.complete(*front) && gate.all_succeeded(*front)) gate.report(*front);
        return finish_front(gate, queue);
    }
};

/// Builds the first change upon the second.
class TurnsItRound final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        if (queue.length > 1) gate.rebase(*queue.first, queue.first->next, {});
        if (queue.first) work_on(gate, *queue.first);
        return finish_front(gate, queue);
    }
};

/// Says of changes that were ejected that they landed.
class Boasts final : public Strategy {
public:
    bool pass(Gate& gate, Queue& queue) override {
        Item* front = queue.first;
        if (!front) return false;
        work_on(gate, *front);
        if (!gate.complete(*front)) return false;
        gate.report(*front);
        gate.leave(*front, Outcome::landed, {});
        return true;
    }
};

const bool kMeddles = keep<MeddlesElsewhere>("meddles-elsewhere");
const bool kClings = keep<ClingsToTheDead>("clings-to-the-dead");
const bool kReports = keep<ReportsTwice>("reports-twice");
const bool kTurns = keep<TurnsItRound>("turns-it-round");
const bool kBoasts = keep<Boasts>("boasts");

}  // namespace
}  // namespace gatesim::zoo
