// Tells the gate a short story and writes down what it did, as text: one line an event that matters.
//
//     Story story("zuul");
//     story.job("unit", 60);
//     story.change("A", 0).fails("unit", 30);
//     story.change("B", 0);
//     EXPECT_EQ(story.told(), "0 A/unit on base\n0 B/unit on A\n...");
//
// Times are seconds. All changes are of one project unless said otherwise.
#pragma once

#include <string>
#include <vector>

#include "model/event.hpp"
#include "model/scenario.hpp"

namespace gatesim {

class Story {
public:
    explicit Story(const std::string& strategy, ParameterValues values = {});

    /// A change under construction; valid until the next change().
    class Teller {
    public:
        Teller(Story& story, std::size_t index) : story_(story), index_(index) {}
        Teller& fails(const std::string& job, double after = 0);
        Teller& lasts(const std::string& job, double duration);
        Teller& needs(const std::string& change);
        Teller& conflicts(const std::string& change);
        Teller& refused();
        Teller& breaks(const std::string& job);  ///< also where it is not the last of what is tested
        Teller& fails_with(const std::string& job, const std::string& other);
        Teller& flakes(const std::string& job, std::vector<int> runs);
        Teller& hangs(const std::string& job, std::vector<int> runs);
        Teller& never_reports(const std::string& job);

    private:
        ScriptedRun& run(const std::string& job);
        ListedChange& change();
        Story& story_;
        std::size_t index_;
    };

    Job& job(const std::string& name, double duration);
    Teller change(const std::string& id, double at);
    /// More about a change that was told of before.
    Teller about(const std::string& id);
    void event(double at, ScriptedEventKind kind, std::vector<std::string> changes);
    Pipeline& gate() { return scenario_.pipelines.front(); }
    Scenario& scenario() { return scenario_; }

    /// Runs it and gives the lines:
    ///   "T CHANGE/JOB on A B" a build started (on base: nothing ahead) · "T CHANGE/JOB RESULT" it ended
    ///   "T CHANGE/JOB never reports" it is not scheduled
    ///   "T CHANGE/JOB will fail" it shows so before its end, and that is heeded
    ///   "T CHANGE landed|ejected OUTCOME" · "T CHANGE reset" · "T CHANGE reverted|noticed"
    ///   "T CHANGE passed|did not pass" in a pipeline that does not land · "T CHANGE awaits its check|is not let in"
    std::string told();
    /// Only the lines about landings and ejections.
    std::string outcomes();
    /// The contract's complaint; empty if it was kept.
    const std::string& broken() const { return broken_; }
    /// Who waits for ever through no fault of the strategy, and why; empty if nobody does.
    const std::string& stuck() const { return stuck_; }
    /// Changes that landed although something was wrong with them, as truth has it.
    int escaped() const { return escaped_; }

private:
    std::vector<std::string> run();
    JobId job_id(const std::string& name);

    Scenario scenario_;
    std::string broken_;
    std::string stuck_;
    int escaped_ = 0;
};

/// So many changes A, B, C ... that wait from the beginning, and one job "t" of a minute. `bad` break it.
Story waiting(const std::string& strategy, int count, const std::string& bad, ParameterValues values = {});

}  // namespace gatesim
