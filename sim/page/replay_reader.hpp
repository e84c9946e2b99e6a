// How read_replay goes through the tables: shared by the files that read them.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "model/list_cell.hpp"
#include "page/replay.hpp"
#include "page/replay_table.hpp"

namespace gatesim::page {

/// Words, jobs, sentences: each gets a number when it is first met.
class Words {
public:
    explicit Words(std::vector<std::string>& list) : list_(list) {}
    Index of(const std::string& word) {
        if (word.empty()) return kNowhere;
        const auto [it, fresh] = index_.try_emplace(word, static_cast<Index>(list_.size()));
        if (fresh) list_.push_back(word);
        return it->second;
    }

private:
    std::vector<std::string>& list_;
    std::unordered_map<std::string, Index> index_;
};

/// Reads the tables of one replication, one after the other; each needs those before it.
class ReplayReader {
public:
    ReplayReader(const std::string& folder, std::int64_t replication, ReplayRead& out)
        : folder_(folder), replication_(replication), out_(out), r_(out.replay) {}

    void read() {
        read_stays() && read_attempts() && read_builds() && read_nodes() && read_waits() && read_resets() &&
            read_windows() && read_authors();
    }

private:
    ReplayTable open(const char* name, std::vector<std::string_view> columns) {
        return ReplayTable(folder_, name, replication_, std::move(columns));
    }
    /// Whether a table was read to its end without trouble.
    bool fine(const ReplayTable& table) {
        out_.error = table.error();
        out_.absent = table.absent();
        if (table.absent())
            out_.error += fmt::format(
                "\n  the replay needs the tables of replication {}: run it again with --tables first (or all)",
                replication_);
        return table.error().empty();
    }
    void saw(Time time) {
        if (time != kNever) r_.end = std::max(r_.end, time);
    }

    Index change(const std::string& name) {
        if (name.empty()) return kNowhere;
        const auto [it, fresh] = changes_.try_emplace(name, static_cast<Index>(r_.changes.size()));
        if (fresh) r_.changes.push_back({name, name, ""});
        return it->second;
    }
    Index queue(const std::string& pipeline, const std::string& name) {
        for (Index i = 0; i < r_.queues.size(); ++i)
            if (r_.queues[i].pipeline == pipeline && r_.queues[i].name == name) return i;
        r_.queues.push_back({pipeline, name});
        return static_cast<Index>(r_.queues.size() - 1);
    }
    Index pool(const std::string& name) {
        if (name.empty()) return kNowhere;
        for (Index i = 0; i < r_.pools.size(); ++i)
            if (r_.pools[i].name == name) return i;
        r_.pools.push_back({name, 0});
        return static_cast<Index>(r_.pools.size() - 1);
    }
    /// Row of a number that another table has; complains if it has none.
    Index row(const std::unordered_map<std::int64_t, Index>& rows, std::int64_t number, ReplayTable& table,
              std::size_t column, const char* where) {
        const auto it = rows.find(number);
        if (it != rows.end()) return it->second;
        table.complain(column, fmt::format("{} is not in {}", number, where));
        return kNowhere;
    }
    std::vector<Index> list(const std::string& text, const auto& find) {
        std::vector<Index> out;
        for (const std::string& name : names_in(text)) out.push_back(find(name));
        return out;
    }

    bool read_stays();
    bool read_attempts();
    bool read_builds();
    bool read_nodes();
    bool read_waits();
    bool read_resets();
    bool read_windows();
    bool read_authors();

    std::string folder_;
    std::int64_t replication_;
    ReplayRead& out_;
    Replay& r_;
    Words words_{r_.words}, jobs_{r_.jobs}, sentences_{r_.sentences};
    std::unordered_map<std::string, Index> changes_;
    std::unordered_map<std::int64_t, Index> stay_of_, attempt_of_, build_of_;
    std::vector<std::pair<Index, std::int64_t>> stay_builds_, attempt_builds_;  ///< pointers to builds not read yet
};

}  // namespace gatesim::page
