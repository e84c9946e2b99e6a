#include "kernel/engine.hpp"

namespace gatesim {

namespace {

class HeapEngine final : public Engine {
public:
    void run(Calendar& calendar, Time until, const std::function<bool()>& stop) override {
        for (;;) {
            const Time next = calendar.next();
            if (next == kNever || next > until) return;
            if (stop && stop()) return;
            calendar.work_off_instant();
        }
    }
};

}  // namespace

std::unique_ptr<Engine> make_heap_engine() {
    return std::make_unique<HeapEngine>();
}

}  // namespace gatesim
