// Exec: a program of the user's decides, in any language, over lines of JSON. The contract holds for it as for all.
#include <algorithm>
#include <utility>

#include "strategy/exec/program.hpp"
#include "strategy/exec/protocol.hpp"
#include "strategy/fields.hpp"
#include "strategy/registry.hpp"
#include "strategy/trials.hpp"

namespace gatesim {
namespace {

struct Parameters {
    std::string program;
    Time time_limit = 10 * kSecond;
    bool untested = false;
    bool stale_base = false;
    bool independence = false;
    bool reorders = false;
    bool signals = false;
};

const std::vector<Field<Parameters>> kFields = {
    text_field("program", &Parameters::program,
               "The program and its arguments, separated by blanks, without a shell; what has a blank in it stands in "
               "quotes. The program is a file as seen from the working directory or from the scenario's folder, or a "
               "name in PATH."),
    time_field(
        "time_limit", &Parameters::time_limit, kSecond / 1000, kHour,
        "Real time that the program may take for one answer. No result depends on it: a program that is too slow "
        "ends the run."),
    field("untested", &Parameters::untested, "Permit it to land changes that no test has passed."),
    field("stale_base", &Parameters::stale_base,
          "Permit it to land changes that were tested before something else landed."),
    field("independence", &Parameters::independence,
          "Permit it to test a change without the changes ahead that share no target with it (the targets must be "
          "known)."),
    field("reorders", &Parameters::reorders, "Permit it to land a change before another one that stands ahead of it."),
    field("signals", &Parameters::signals, "Give it predictions of which changes will pass (see /signals)."),
};

struct ExecQueue final : StrategyState {
    std::vector<exec::NamedTrial> trials;  ///< open ones, in the order they were opened
    std::string idle_at;                   ///< the last line to which the program had nothing to do
};

class Exec final : public Strategy {
public:
    explicit Exec(Parameters parameters) : parameters_(std::move(parameters)) {}
    ~Exec() override { exec::release(std::move(program_)); }

    void take_parameters(const Strategy& like) override { parameters_ = static_cast<const Exec&>(like).parameters_; }
    void opened(Gate&, Queue& queue) override { queue.state = std::make_unique<ExecQueue>(); }

    Relaxations relaxations() const override {
        Relaxations result;
        result.untested = parameters_.untested;
        result.stale_base = parameters_.stale_base;
        result.independence = parameters_.independence;
        result.reorders = parameters_.reorders;
        result.signals = parameters_.signals;
        return result;
    }

    bool independent(const Gate& gate, const Item& landed, const Item& trial) const override {
        return shares_no_target(gate, landed, trial);
    }

    bool pass(Gate& gate, Queue& queue) override {
        auto& state = static_cast<ExecQueue&>(*queue.state);
        bool changed = drop_needy(gate, queue);
        changed |= drop_refuted(gate, queue);
        forget_closed(queue, state);
        for (const exec::NamedTrial& named : state.trials) changed |= gate.advance(*named.trial);
        while (gate.broken().empty() && turn(gate, queue, state, changed)) {
        }
        return changed && gate.broken().empty();
    }

private:
    /// Asks once and does what is answered. True if the program has to be asked again at once: a trial that it opened
    /// has its verdict already.
    bool turn(Gate& gate, Queue& queue, ExecQueue& state, bool& changed) {
        std::vector<exec::Action> actions;
        if (!ask(gate, queue, state, actions) || actions.empty()) return false;
        changed = true;
        bool decided = false;
        for (std::size_t i = 0; i < actions.size() && gate.broken().empty(); ++i) {
            const std::string problem = act(gate, queue, state, actions[i]);
            if (!problem.empty())
                gate.give_up(queue, "action " + std::to_string(i + 1) + " of the program: " + problem);
            forget_closed(queue, state);
            const bool opened = actions[i].what == exec::Do::open || actions[i].what == exec::Do::probe;
            if (gate.broken().empty() && opened) {
                gate.advance(*state.trials.back().trial);
                decided |= gate.complete(*state.trials.back().trial);
            }
        }
        if (!gate.broken().empty()) gate.give_up(queue, "its program went too far." + program_->last_lines());
        return decided;
    }

    bool ask(Gate& gate, Queue& queue, ExecQueue& state, std::vector<exec::Action>& actions) {
        if (!program_ && !greet(gate, queue)) return false;
        const std::vector<std::uint64_t> rung = std::exchange(queue.rung, {});
        const std::string line = exec::pass_line(gate, queue, state.trials, rung, ready_, relaxations());
        if (line == state.idle_at && rung.empty()) return true;
        std::string answer;
        std::string problem;
        if (!program_->ask(line, answer, parameters_.time_limit)) {
            gate.give_up(queue, program_->problem(), program_->to_blame());
            return false;
        }
        actions = exec::read_actions(answer, problem);
        if (!problem.empty()) {
            gate.give_up(queue, problem + program_->last_lines());
            return false;
        }
        state.idle_at = actions.empty() ? line : "";
        return true;
    }

    bool greet(Gate& gate, Queue& queue) {
        std::string problem;
        std::string answer;
        bool to_blame = true;
        program_ = exec::engage(parameters_.program, problem);
        if (!program_) to_blame = false;
        if (program_ && !program_->ask(exec::hello_line(gate, queue, relaxations()), answer, parameters_.time_limit))
            problem = program_->problem(), to_blame = program_->to_blame();
        else if (program_)
            ready_ = exec::read_ready(answer, problem);
        if (!problem.empty()) gate.give_up(queue, problem, to_blame);
        return problem.empty();
    }

    /// What is wrong with the action itself; what is wrong with it as a move the gate says.
    std::string act(Gate& gate, Queue& queue, ExecQueue& state, const exec::Action& action) {
        if (action.what == exec::Do::open) return open(gate, queue, state, action);
        if (action.what == exec::Do::probe) return probe(gate, queue, state, action);
        if (action.what == exec::Do::revert) {
            const ChangeId change = landed(gate, action.changes.front());
            if (change == kNone) return "\"" + action.changes.front() + "\" has not landed";
            gate.revert(queue, change);
            return "";
        }
        if (action.what == exec::Do::arm) {
            gate.arm(queue, action.tag, action.after);
            return "";
        }
        const auto named = std::find_if(state.trials.begin(), state.trials.end(),
                                        [&](const exec::NamedTrial& n) { return n.name == action.trial; });
        if (named == state.trials.end()) return "there is no open trial \"" + action.trial + "\"";
        Item& trial = *named->trial;
        if (action.what == exec::Do::land) {
            gate.land(trial);
        } else if (action.what == exec::Do::settle) {
            gate.settle(trial);
        } else if (action.what == exec::Do::retry) {
            gate.retry(trial);
        } else if (action.what == exec::Do::eject) {
            Item* item = item_of(gate, queue, action.chain.front());
            if (!item) return no_item(action.chain.front());
            gate.eject(*item, trial);
            if (!gate.broken().empty()) return "";
            gate.settle(trial);
            drop_refuted(gate, queue, item);
        } else {
            const Item* cause = action.because == kNone ? nullptr : item_of(gate, queue, action.because);
            if (action.because != kNone && !cause) return no_item(action.because);
            gate.drop(trial, {Why::no_longer_due, cause ? ChangeId{cause->change} : kNone, kNone, kNone}, cause);
        }
        return "";
    }

    static bool is_open(const ExecQueue& state, const std::string& name) {
        return std::any_of(state.trials.begin(), state.trials.end(),
                           [&](const exec::NamedTrial& named) { return named.name == name; });
    }

    /// The change of that name, if it was ever on the branch.
    static ChangeId landed(const Gate& gate, const std::string& name) {
        const auto order = gate.landings().order();
        const auto found = std::find_if(order.rbegin(), order.rend(),
                                        [&](ChangeId change) { return gate.change(change).name == name; });
        return found == order.rend() ? kNone : *found;
    }

    static std::string probe(Gate& gate, Queue& queue, ExecQueue& state, const exec::Action& action) {
        if (is_open(state, action.trial)) return "a trial \"" + action.trial + "\" is open already";
        if (action.at > gate.landings().mark())
            return "the branch was never " + std::to_string(action.at) + " landings long";
        std::vector<ChangeId> changes;
        for (const std::string& name : action.changes) {
            changes.push_back(landed(gate, name));
            if (changes.back() == kNone) return "\"" + name + "\" has not landed";
        }
        Item* trial = gate.open_probe(queue, action.at, changes);
        if (!trial && gate.broken().empty()) return "nothing had landed on the branch at " + std::to_string(action.at);
        if (trial) state.trials.push_back({action.trial, trial});
        return "";
    }

    static std::string open(Gate& gate, Queue& queue, ExecQueue& state, const exec::Action& action) {
        if (is_open(state, action.trial)) return "a trial \"" + action.trial + "\" is open already";
        std::vector<Item*> chain;
        for (const ItemId id : action.chain) {
            chain.push_back(item_of(gate, queue, id));
            if (!chain.back()) return no_item(id);
        }
        if (Item* trial = gate.open_trial(queue, chain, action.members)) state.trials.push_back({action.trial, trial});
        return "";
    }

    static Item* item_of(const Gate& gate, const Queue& queue, ItemId id) {
        Item* item = id < gate.items_in_flight() + gate.items_left() ? gate.item(id) : nullptr;
        return item && item->queue == &queue ? item : nullptr;
    }

    static std::string no_item(ItemId id) {
        return "item " + std::to_string(id) + " is not in this queue; perhaps it has left";
    }

    static void forget_closed(const Queue& queue, ExecQueue& state) {
        std::erase_if(state.trials, [&](const exec::NamedTrial& named) {
            return std::find(queue.trials.begin(), queue.trials.end(), named.trial) == queue.trials.end();
        });
    }

    Parameters parameters_;
    exec::Ready ready_;
    std::unique_ptr<exec::Program> program_;
};

const bool kRegistered = register_strategy(
    {{"exec",
      "Your own program decides, in any language: lines of JSON on its standard input and output",
      "\"exec:PROGRAM ARGUMENT ...\" starts the program and tells it, one line at a time, what a queue looks like; it "
      "answers with one line of actions: open a trial of some changes, land, eject, settle, drop, retry, arm a timer. "
      "The gate holds it to the same contract as the built-in strategies; if the program breaks it, the run stops and "
      "shows the last lines of the conversation. The protocol is in sim/strategy/exec/README.md, and serial.py beside "
      "it is a complete example. Use it to try an idea before it is worth C++. Counter-strategy: one in C++ "
      "(tools/new-strategy), which is a hundred times faster.",
      "",
      {},
      {"untested, stale_base, independence, reorders, signals: only those that the parameters of these names permit"},
      parameters_of(kFields)},
     [](const ParameterValues& values) -> std::unique_ptr<Strategy> {
         return std::make_unique<Exec>(filled(kFields, values));
     },
     [](ParameterValues& values, const std::string& folder) -> std::string {
         std::string problem;
         for (auto& [name, value] : values)
             if (name == "program") value = exec::located(std::get<std::string>(value), folder, problem);
         return problem;
     }});

}  // namespace
}  // namespace gatesim
