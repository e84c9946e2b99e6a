#include "page/pack.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <type_traits>

#include "page/columns.hpp"
#include "page/pack_layout.hpp"

namespace gatesim::page {

namespace {

constexpr std::int64_t kFormat = 1;

std::int64_t rank_of(const std::vector<Time>& ticks, Time time, Time tick) {
    if (time == kNever) return 0;
    return std::lower_bound(ticks.begin(), ticks.end(), time / tick) - ticks.begin() + 1;
}

/// For `index`: how it is written.
std::int64_t number_of(Index index) {
    return index == kNowhere ? 0 : static_cast<std::int64_t>(index) + 1;
}

class Writer {
public:
    Writer(ColumnWriter& out, const std::vector<Time>& ticks, Time tick) : out_(out), ticks_(ticks), tick_(tick) {}

    void rows(auto& list) { out_.column({static_cast<std::int64_t>(list.size())}); }
    void number(auto& list, const auto& field) {
        put(list, [&](auto& row) { return static_cast<std::int64_t>(std::invoke(field, row)); });
    }
    void length(auto& list, const auto& field) {
        put(list, [&](auto& row) { return std::invoke(field, row) / tick_; });
    }
    void index(auto& list, const auto& field) {
        put(list, [&](auto& row) { return number_of(std::invoke(field, row)); });
    }
    /// 0 = none; else the zigzag of the difference, made positive by hand so that 0 is free.
    void index(auto& list, const auto& field, const auto& near) {
        put(list, [&](auto& row) {
            const Index index = std::invoke(field, row);
            if (index == kNowhere) return std::int64_t{0};
            const std::int64_t off = static_cast<std::int64_t>(index) - static_cast<std::int64_t>(near(row));
            return off >= 0 ? off + 1 : off;
        });
    }
    void time(auto& list, const auto& field) {
        put(list, [&](auto& row) { return rank(std::invoke(field, row)); });
    }
    void time(auto& list, const auto& field, const auto& near) {
        put(list, [&](auto& row) { return rank(std::invoke(field, row)) - rank(near(row)); });
    }
    void lists(auto& list, const auto& field) {
        std::vector<std::int64_t> counts, all;
        for (auto& row : list) {
            counts.push_back(static_cast<std::int64_t>(std::invoke(field, row).size()));
            for (const Index index : std::invoke(field, row)) all.push_back(number_of(index));
        }
        out_.column(counts);
        out_.column(all);
    }

private:
    std::int64_t rank(Time time) const { return rank_of(ticks_, time, tick_); }
    void put(auto& list, const auto& value) {
        std::vector<std::int64_t> values;
        values.reserve(list.size());
        for (auto& row : list) values.push_back(value(row));
        out_.column(values);
    }

    ColumnWriter& out_;
    const std::vector<Time>& ticks_;
    Time tick_;
};

class Reader {
public:
    Reader(ColumnReader& in, const std::vector<Time>& ticks, Time tick) : in_(in), ticks_(ticks), tick_(tick) {}

    void rows(auto& list) {
        const auto count = in_.column();
        check(count.size() == 1 && count[0] >= 0 && count[0] < (std::int64_t{1} << 32));
        list.resize(static_cast<std::size_t>(count[0]));
    }
    void number(auto& list, const auto& field) {
        get(list, [&](auto& row, std::int64_t v) {
            std::invoke(field, row) = static_cast<std::remove_reference_t<decltype(std::invoke(field, row))>>(v);
        });
    }
    void length(auto& list, const auto& field) {
        get(list, [&](auto& row, std::int64_t v) { std::invoke(field, row) = v * tick_; });
    }
    void index(auto& list, const auto& field) {
        get(list, [&](auto& row, std::int64_t v) { std::invoke(field, row) = index_of(v); });
    }
    void index(auto& list, const auto& field, const auto& near) {
        get(list, [&](auto& row, std::int64_t v) {
            std::invoke(field, row) =
                v == 0 ? kNowhere : static_cast<Index>(static_cast<std::int64_t>(near(row)) + v - (v > 0));
        });
    }
    void time(auto& list, const auto& field) {
        get(list, [&](auto& row, std::int64_t v) { std::invoke(field, row) = time_of(v); });
    }
    void time(auto& list, const auto& field, const auto& near) {
        get(list, [&](auto& row, std::int64_t v) {
            std::invoke(field, row) = time_of(v + rank_of(ticks_, near(row), tick_));
        });
    }
    void lists(auto& list, const auto& field) {
        const auto counts = in_.column(), all = in_.column();
        check(counts.size() == list.size());
        auto next = all.begin();
        for (std::size_t i = 0; i < list.size(); ++i)
            for (std::int64_t n = counts[i]; n > 0; --n) {
                check(next != all.end());
                std::invoke(field, list[i]).push_back(index_of(*next++));
            }
    }

private:
    static void check(bool fine) {
        if (!fine) throw std::runtime_error("a packed replay is damaged");
    }
    static Index index_of(std::int64_t v) { return v == 0 ? kNowhere : static_cast<Index>(v - 1); }
    Time time_of(std::int64_t rank) const {
        check(rank >= 0 && rank <= static_cast<std::int64_t>(ticks_.size()));
        return rank == 0 ? kNever : ticks_[static_cast<std::size_t>(rank - 1)] * tick_;
    }
    void get(auto& list, const auto& take) {
        const auto values = in_.column();
        check(values.size() == list.size());
        for (std::size_t i = 0; i < list.size(); ++i) take(list[i], values[i]);
    }

    ColumnReader& in_;
    const std::vector<Time>& ticks_;
    Time tick_;
};

std::vector<Time> all_ticks(Replay& replay, Time tick) {
    std::vector<Time> ticks;
    each_time(replay, [&](Time time) {
        if (time != kNever) ticks.push_back(time / tick);
    });
    std::sort(ticks.begin(), ticks.end());
    ticks.erase(std::unique(ticks.begin(), ticks.end()), ticks.end());
    return ticks;
}

/// One field of all rows, as texts.
std::vector<std::string> texts_of(const auto& list, const auto& field) {
    std::vector<std::string> out;
    for (const auto& row : list) out.push_back(field(row));
    return out;
}

}  // namespace

Time tick_of(const Replay& replay) {
    bool whole = true;
    each_time(const_cast<Replay&>(replay),
              [&](Time time) { whole = whole && (time == kNever || time % kSecond == 0); });
    for (const auto& reset : replay.resets) whole = whole && reset.node_time % kSecond == 0;
    if (whole) return kSecond;
    return replay.end < kMinute ? kMicrosecond : 1000 * kMicrosecond;
}

Replay in_ticks(Replay replay) {
    const Time tick = tick_of(replay);
    each_time(replay, [&](Time& time) {
        if (time != kNever) time -= time % tick;
    });
    for (auto& reset : replay.resets) reset.node_time -= reset.node_time % tick;
    return replay;
}

std::string pack(const Replay& given) {
    Replay r = given;
    const Time tick = tick_of(r);
    const std::vector<Time> ticks = all_ticks(r, tick);
    ColumnWriter out;
    out.column({kFormat, tick, r.end / tick, r.start_at == kNever ? 0 : 1, r.start_at == kNever ? 0 : r.start_at});
    out.texts({r.title});
    out.texts(texts_of(r.changes, [](const auto& c) { return c.name; }));
    // A label that is the name is not written again.
    out.texts(texts_of(r.changes, [](const auto& c) { return c.label == c.name ? std::string() : c.label; }));
    std::vector<std::string> authors;
    std::vector<std::int64_t> author;
    for (const auto& change : r.changes) {
        const auto it = std::find(authors.begin(), authors.end(), change.author);
        author.push_back(it - authors.begin());
        if (it == authors.end()) authors.push_back(change.author);
    }
    out.texts(authors);
    out.column(author);
    out.texts(texts_of(r.queues, [](const auto& q) { return q.pipeline; }));
    out.texts(texts_of(r.queues, [](const auto& q) { return q.name; }));
    out.texts(texts_of(r.pools, [](const auto& p) { return p.name; }));
    std::vector<std::int64_t> nodes;
    for (const auto& pool : r.pools) nodes.push_back(pool.nodes);
    out.column(nodes);
    out.texts(r.jobs);
    out.texts(r.words);
    out.texts(r.sentences);
    out.column(ticks);
    Writer writer(out, ticks, tick);
    lay_out(writer, r);
    return base64(gzipped(out.bytes()));
}

Replay unpack(std::string_view text) {
    const std::string bytes = gunzipped(from_base64(text));
    ColumnReader in(bytes);
    Replay r;
    const auto head = in.column();
    if (head.size() != 5 || head[0] != kFormat || head[1] <= 0)
        throw std::runtime_error("a packed replay is of another format");
    const Time tick = head[1];
    r.end = head[2] * tick;
    if (head[3]) r.start_at = head[4];
    const auto title = in.texts();
    r.title = title.empty() ? "" : title[0];
    const auto names = in.texts(), labels = in.texts(), authors = in.texts();
    const auto author = in.column();
    for (std::size_t i = 0; i < names.size(); ++i)
        r.changes.push_back({names[i], labels.at(i).empty() ? names[i] : labels[i],
                             authors.at(static_cast<std::size_t>(author.at(i)))});
    const auto pipelines = in.texts(), queues = in.texts(), pools = in.texts();
    for (std::size_t i = 0; i < pipelines.size(); ++i) r.queues.push_back({pipelines[i], queues.at(i)});
    const auto nodes = in.column();
    for (std::size_t i = 0; i < pools.size(); ++i) r.pools.push_back({pools[i], nodes.at(i)});
    r.jobs = in.texts();
    r.words = in.texts();
    r.sentences = in.texts();
    const std::vector<Time> ticks = in.column();
    Reader reader(in, ticks, tick);
    lay_out(reader, r);
    if (!in.over()) throw std::runtime_error("a packed replay goes on after its end");
    return r;
}

}  // namespace gatesim::page
