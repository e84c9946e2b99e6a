#include "logs/log_writer.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "logs/build_log.hpp"
#include "logs/planted.hpp"
#include "record/csv_writer.hpp"
#include "record/words.hpp"

namespace gatesim::logs {

namespace {

constexpr int kQuick = 4;  ///< of zlib's levels: logs are many

/// As Zuul says it; the words that `correlate` takes for failed, passed and neither.
const char* result_word(Result result) {
    switch (result) {
        case Result::success:
            return "SUCCESS";
        case Result::failure:
            return "FAILURE";
        case Result::timeout:
            return "TIMED_OUT";
        case Result::retry:
            return "RETRY";
        case Result::retry_limit:
            return "RETRY_LIMIT";
        case Result::node_failure:
            return "NODE_FAILURE";
        case Result::skipped:
            return "SKIPPED";
        default:
            return "CANCELED";
    }
}

/// Same bytes whenever it is written: no time, no name.
std::string write_gzip(const std::string& path, const std::string& text, std::string& buffer) {
    z_stream stream{};
    if (::deflateInit2(&stream, kQuick, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return path + ": cannot compress";
    buffer.resize(::deflateBound(&stream, text.size()) + 32);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const bool whole = ::deflate(&stream, Z_FINISH) == Z_STREAM_END;
    const std::size_t size = stream.total_out;
    ::deflateEnd(&stream);
    if (!whole) return path + ": cannot compress";
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (!file) return fmt::format("{}: cannot create: {}", path, std::strerror(errno));
    const bool written = std::fwrite(buffer.data(), 1, size, file) == size;
    const bool closed = std::fclose(file) == 0;
    return written && closed ? "" : fmt::format("{}: cannot write: {}", path, std::strerror(errno));
}

}  // namespace

class LogWriter::Work {
public:
    Work(const LogOptions& options, const Cast& cast, std::uint64_t seed, std::uint32_t replication)
        : options_(options),
          style_(options.style ? *options.style : usual_style()),
          cast_(cast),
          key_(join_key(join_key(seed, replication), key_of(style_.name))),
          noise_(style_, join_key(key_, 1), cast.scenario->job_names.size()),
          planted_(style_, *cast.scenario, Luck(seed, replication), join_key(key_, 2)),
          builds_(options.folder + "/builds.csv", cast.scenario->period),
          truth_(options.folder + "/truth.csv", cast.scenario->period) {
        std::error_code error;
        std::filesystem::create_directory(options.folder + "/logs", error);
        if (error) problem_ = options.folder + "/logs: cannot create: " + error.message();
        row(builds_, {"build", "job", "node", "region", "provider", "start", "end", "result", "change", "patchset",
                      "base", "tested_with"});
        row(truth_, {"build", "cause"});
    }

    void landed(const Event& event) { landings_.push_back({event.at, event.change}); }

    void take(const LiveBuild& build, const LiveAttempt& attempt) {
        if (!problem_.empty()) return;
        const std::string name = fmt::format("b{:06}", build.id);
        const bool failed = is_red(build.result) && build.result != Result::displaced,
                   passed = build.result == Result::success;
        Keyed luck(join_key(join_key(key_, 3), build.id));
        const bool kept = luck.chance(options_.passed);
        std::string provider;
        Facts facts = facts_of(build, attempt, provider);
        list(name, build, attempt, facts, provider);
        Shown shown;
        if (failed) {
            shown = planted_.of(build, attempt);
            row(truth_, {name, shown.cause});
        }
        if (!failed && !(passed && kept)) return;
        facts.own = shown.own;
        LogOf log;
        log.start = dated(build.started);
        log.end = dated(build.ended);
        log.share = share_of(build.started);
        log.job = build.job;
        log.failed = failed;
        log.cut = build.result == Result::timeout;
        log.facts = std::move(facts);
        log.planted = std::move(shown.lines);
        problem_ = write_gzip(options_.folder + "/logs/" + name + ".gz", build_log(style_, noise_, log, luck), buffer_);
    }

    std::string finish() {
        for (CsvWriter* table : {&builds_, &truth_})
            if (const std::string trouble = table->commit(); problem_.empty()) problem_ = trouble;
        return problem_;
    }

private:
    static void row(CsvWriter& to, const std::vector<std::string>& fields) {
        for (const std::string& field : fields) to.text(field);
        to.end_row();
    }

    Time dated(Time time) const { return time + cast_.scenario->period.start_unix * kSecond; }

    double share_of(Time time) const {
        const Time length = cast_.scenario->period.length;
        return length == kNever ? 0.5 : std::min(1.0, seconds(time) / seconds(length));
    }

    Facts facts_of(const LiveBuild& build, const LiveAttempt& attempt, std::string& provider) const {
        Facts out;
        const std::string pool = build.pool == kNone ? "" : pool_name(cast_, build.pool);
        out.node = build.pool == kNone ? "" : fmt::format("{}-{}", pool, build.node);
        if (build.pool != kNone) {
            out.region = cast_.scenario->pools[build.pool].region;
            provider = cast_.scenario->pools[build.pool].provider;
        }
        out.job = job_name(cast_, build.job);
        out.change = change_name(cast_, attempt.change);
        return out;
    }

    /// Short name of the state of the branches on which an attempt was put together: by what landed last.
    std::string base_of(const LiveAttempt& attempt) const {
        const auto after = std::upper_bound(landings_.begin(), landings_.end(), attempt.opened,
                                            [](Time time, const auto& one) { return time < one.first; });
        const std::uint64_t count = static_cast<std::uint64_t>(after - landings_.begin());
        return fmt::format("{:010x}", join_key(join_key(key_, 4), count) >> 24);
    }

    void list(const std::string& name, const LiveBuild& build, const LiveAttempt& attempt, const Facts& facts,
              const std::string& provider) {
        std::string with;
        for (const ChangeId ahead : attempt.chain) {
            if (!with.empty()) with += ' ';
            with += change_name(cast_, ahead);
        }
        const Period& period = cast_.scenario->period;
        const auto when = [&](Time time) { return period.has_start ? iso_text(time, period) : seconds_text(time); };
        row(builds_,
            {name, facts.job, facts.node, facts.region, provider, when(build.started), when(build.ended),
             result_word(build.result), facts.change, std::to_string(attempt.patchset), base_of(attempt), with});
    }

    LogOptions options_;
    const Style& style_;
    const Cast& cast_;
    std::uint64_t key_;
    Noise noise_;
    Planted planted_;
    CsvWriter builds_, truth_;
    std::vector<std::pair<Time, ChangeId>> landings_;
    std::string problem_, buffer_;
};

LogWriter::LogWriter(const LogOptions& options, const Cast& cast, std::uint64_t seed, std::uint32_t replication)
    : work_(std::make_unique<Work>(options, cast, seed, replication)) {}

LogWriter::~LogWriter() = default;

void LogWriter::on(const Event& event, const Ledger&) {
    if (event.kind == EventKind::landed) work_->landed(event);
}

void LogWriter::settled(const LiveBuild& build, const LiveAttempt* attempt, Fate, const Ledger&) {
    if (build.started != kNever && build.ended != kNever && attempt) work_->take(build, *attempt);
}

std::string LogWriter::finish() {
    return work_->finish();
}

}  // namespace gatesim::logs
