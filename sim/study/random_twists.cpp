#include "study/random_twists.hpp"

namespace gatesim {
namespace {

class Twister {
public:
    Twister(Scenario& scenario, bool coincide, const std::function<int(int)>& below)
        : s_(scenario), coincide_(coincide), below_(below) {}

    void twist() {
        if (chance(30)) latencies();
        if (chance(30)) large_requests();
        if (!s_.load.listed) return;
        if (chance(40)) list_anyhow();
        if (chance(40)) approve_late();
        if (chance(30)) bring_needs_back();
    }

private:
    int below(int n) { return below_(n); }
    bool chance(int percent) { return below(100) < percent; }

    /// Everything takes its time, and different things different times: answers arrive when nobody waits for them.
    void latencies() {
        const auto some = [&] { return below(5) * 10 + (coincide_ ? 0 : below(10)); };
        Pool& pool = s_.pools.front();
        pool.boot.a = some();
        pool.start_delay = some() * kSecond;
        pool.abort_delay = some() * kSecond;
        s_.merge_time.a = some();
    }

    /// Requests that do not fit at once, before others that do.
    void large_requests() {
        const Pool& pool = s_.pools.front();
        const int most = pool.most() == kUnlimited ? 4 : static_cast<int>(pool.most());
        for (Project& project : s_.projects)
            for (ProjectPipeline& pipeline : project.pipelines)
                for (Job& job : pipeline.jobs)
                    if (chance(30)) job.nodes = 1 + below(most);
    }

    /// Changes that others need are listed after those.
    void list_anyhow() {
        auto& changes = s_.load.listed->changes;
        for (ListedChange& change : changes)
            if (chance(30))
                std::swap(change, changes[static_cast<std::size_t>(below(static_cast<int>(changes.size())))]);
    }

    void approve_late() {
        for (ListedChange& change : s_.load.listed->changes) {
            if (!chance(15)) continue;
            const Time asked = change.enqueue_at.empty() ? 0 : change.enqueue_at.front().second;
            change.approved_at = asked + below(10) * 10 * kSecond;
        }
    }

    /// New patch sets of changes that others need, while those wait or are tested.
    void bring_needs_back() {
        std::vector<std::string> needed;
        for (const ListedChange& change : s_.load.listed->changes)
            for (const auto& names : {change.depends_on, change.git_depends_on})
                needed.insert(needed.end(), names.begin(), names.end());
        for (int e = 0; e < 4 && !needed.empty(); ++e) {
            ScriptedEvent event;
            event.at = below(60) * 10 * kSecond;
            event.kind = ScriptedEventKind::new_patchset;
            event.changes = {needed[static_cast<std::size_t>(below(static_cast<int>(needed.size())))]};
            event.pipeline = 0;
            if (chance(70)) event.enqueue = {0};
            event.keeps_approval = chance(20);
            event.rebased = chance(50);
            s_.load.listed->events.push_back(event);
        }
    }

    Scenario& s_;
    bool coincide_;
    const std::function<int(int)>& below_;
};

}  // namespace

void twist(Scenario& scenario, bool coincide, const std::function<int(int)>& below) {
    Twister(scenario, coincide, below).twist();
}

}  // namespace gatesim
