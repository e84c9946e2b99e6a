// The journal of a study: every finished replication, one line each, on the disk before the next one counts. So a
// study that is killed goes on where it was and repeats nothing.
#pragma once

#include <map>
#include <string>
#include <tuple>

#include "study/study.hpp"

namespace gatesim {

/// Which replication a line is about. The scenario's hash stands for everything that an arm is.
struct JournalKey {
    std::string scenario_sha256;
    Time warmup = 0;
    std::uint32_t replication = 0;

    bool operator<(const JournalKey& o) const {
        return std::tie(scenario_sha256, warmup, replication) < std::tie(o.scenario_sha256, o.warmup, o.replication);
    }
};

class Journal {
public:
    /// A journal that keeps nothing.
    Journal() = default;
    /// Opens `path`, which nobody else may have open. `terms` says what else the results depend on (seed and so on), in
    /// words: a journal of other terms can not be resumed. Not `resume`: begins anew.
    Journal(std::string path, std::string terms, bool resume);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// What went wrong; exit code 2 if the journal is one of other terms, 4 if it can not be read or written.
    const StudyProblem& problem() const { return problem_; }

    /// What was read and what was added.
    const std::map<JournalKey, ReplicationRecord>& records() const { return records_; }
    const ReplicationRecord* find(const JournalKey& key) const;

    /// Keeps a record; when this returns it is on the disk.
    void add(const JournalKey& key, ReplicationRecord record);

    /// Puts the lines into order, so that the file does not depend on who was ready first.
    void finish();

private:
    void read(const std::string& text);
    void begin();
    void append(const std::string& line);
    void fail(const std::string& what, int exit_code);

    std::string path_;
    std::string terms_;
    std::map<JournalKey, ReplicationRecord> records_;
    StudyProblem problem_;
    int descriptor_ = -1;
};

}  // namespace gatesim
