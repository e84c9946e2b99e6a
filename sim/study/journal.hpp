// The journal of a study: every finished replication, one line each, on the disk before the next one counts. So a
// study that is killed goes on where it was and repeats nothing.
//
// A journal is only ever appended to, or written aside and renamed: whenever a study is killed, all that was finished
// stands in it. Each line carries a sum of itself and of the first line; a line whose sum is another one is no result.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "study/study.hpp"

namespace gatesim {

/// Which replication a line is about.
struct JournalKey {
    std::string arm_sha256;  ///< stands for everything that an arm is: sha256_of_arm
    Time warmup = 0;
    std::uint32_t replication = 0;

    bool operator<(const JournalKey& o) const {
        return std::tie(arm_sha256, warmup, replication) < std::tie(o.arm_sha256, o.warmup, o.replication);
    }
};

/// Where a journal is kept, and what is asked.
struct JournalPlace {
    std::string folder;          ///< the journal is journal.jsonl in it
    std::string aside;           ///< a folder on the same disk for what is not whole yet
    std::string terms;           ///< what the results depend on besides the arms (seed and so on), in words
    std::set<std::string> arms;  ///< JournalKey::arm_sha256 of the arms there are; of others nothing is used again
    bool resume = false;         ///< use what is finished
};

class Journal {
public:
    /// A journal that keeps nothing.
    Journal() = default;
    /// Opens or begins the journal of that folder, which no other study may have open. A journal that is there is used
    /// again with `resume` if it answers the same question: same terms, same build of gatesim, an arm in common. Any
    /// other that has a result is kept as the first free journal-N.jsonl. With `resume` what these have for the same
    /// question counts as well.
    explicit Journal(const JournalPlace& place);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// What went wrong; exit code 4.
    const StudyProblem& problem() const { return problem_; }
    /// What the user should know of journals that were kept aside or are damaged, a sentence each.
    const std::vector<std::string>& notes() const { return notes_; }
    /// The journal was kept aside only because `resume` was not asked for; empty, or a sentence about it.
    const std::string& set_aside() const { return set_aside_; }

    /// What was read and what was added.
    const std::map<JournalKey, ReplicationRecord>& records() const { return records_; }
    /// Among those, then among what was lent.
    const ReplicationRecord* find(const JournalKey& key) const;

    /// Keeps a record; when this returns it is on the disk.
    void add(const JournalKey& key, ReplicationRecord record);

    /// A record that somebody else keeps: it is found, and is not written.
    void lend(const JournalKey& key, ReplicationRecord record) { lent_.try_emplace(key, std::move(record)); }
    /// What was lent under that key; nullptr if nothing was.
    const ReplicationRecord* lent(const JournalKey& key) const;
    /// What was lent under that key becomes the journal's own, on the disk with finish().
    void keep(const JournalKey& key);

    /// Puts the lines into order, so that the file does not depend on who was ready first. A journal without a result
    /// is removed.
    void finish();

private:
    void open();
    void judge();
    void keep_aside(const std::string& why);
    void read_kept();
    void append(const std::string& line);
    void fail(const std::string& what);

    JournalPlace place_;
    std::string path_;
    std::string header_;
    std::map<JournalKey, ReplicationRecord> records_, lent_;
    StudyProblem problem_;
    std::vector<std::string> notes_;
    std::string set_aside_;
    int descriptor_ = -1;
    bool torn_ = false;  ///< the file does not end with a line end
};

}  // namespace gatesim
