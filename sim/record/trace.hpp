// trace.json: one replication for Perfetto or Chrome's viewer (the Trace Event Format as JSON).
//
// Times are microseconds of simulated time since the start. Two kinds of processes:
//   pool NAME      a track for each node in use: who holds it, and within that its start and its build
//   pipeline NAME  (gates) a track for each change: its stays, and within a stay what it waits for
// Slices of a track nest, as the format demands. Counters: length and window of each gate queue, nodes in use of each
// pool. An arrow leads from the end of a failing build to each change that started anew because of it.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "record/csv_writer.hpp"
#include "record/ledger.hpp"

namespace gatesim {

class TraceWriter : public LedgerListener {
public:
    TraceWriter(const std::string& path, const Cast& cast);
    ~TraceWriter() override;

    bool wants_waits() const override { return true; }
    void on(const Event& event, const Ledger& ledger) override;
    void settled(const LiveRequest& request, const LiveAttempt*, Fate fate, const Ledger& ledger) override;
    void reset(const ResetRecord& record, const Ledger& ledger) override;

    /// After the replication has ended. Empty if the file is complete, else what went wrong.
    std::string finish();

private:
    /// A hand-out of nodes, and the tracks of its nodes.
    struct Hold {
        ChangeId change = kNone;
        JobId job = kNone;
        PoolId pool = kNone;
        std::vector<std::uint32_t> tracks;
        Time granted = 0, ready = kNever;
        BuildId build = kNone;
        Time started = kNever, ended = kNever;
        Result result = Result::none;
    };
    struct Slice {
        Time from = 0;
        std::string name;
        std::string more;  // arguments, as JSON
    };
    struct Open {
        PipelineId pipeline = kNone;
        ChangeId change = kNone;
        Slice stay, wait;
        bool waiting = false;
    };
    struct Place {
        int process = 0;
        std::uint32_t track = 0;
        Time at = 0;
    };

    void write(const std::string& line);
    void slice(int process, std::uint32_t track, const Slice& what, Time until);
    void counter(int process, const std::string& name, const char* what, std::int64_t value, Time at);
    void name_track(int process, std::uint32_t track, const std::string& name);
    void hand_out(const Event& event, const Ledger& ledger);
    void give_back(RequestId request, Time at);
    void stay(const Event& event);
    void count_queue(const Event& event, const Ledger& ledger);
    void close_wait(Open& open, Time until);
    void close_stay(ItemId item, Time until, const char* outcome);
    int process_of_pool(PoolId pool) const;
    int process_of_pipeline(PipelineId pipeline) const;

    WholeFile file_;
    const Cast& cast_;
    bool first_ = true;
    std::map<RequestId, Hold> holds_;
    std::map<ItemId, Open> stays_;
    std::map<PoolId, std::vector<bool>> tracks_;  // of a pool: which are in use
    std::map<PoolId, std::int64_t> busy_;
    std::map<BuildId, Place> ends_;  // of red builds of the present instant and before
    std::map<std::pair<int, std::uint32_t>, bool> named_;
    std::uint64_t arrows_ = 0;
};

}  // namespace gatesim
