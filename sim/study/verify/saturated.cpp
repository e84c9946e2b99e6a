#include "study/verify/saturated.hpp"

#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

class SaturatedGauge final : public Gauge {
public:
    SaturatedGauge(std::vector<SaturatedReading> readings, int warm, int rounds, int floor)
        : readings_(std::move(readings)),
          begin_(warm * kSaturatedRun),
          end_(rounds * kSaturatedRun),
          rounds_(rounds - warm),
          floor_(floor) {}

    void on(const Event& event) override {
        queued_ += event.kind == EventKind::enqueued ? 1 : event.kind == EventKind::dequeued ? -1 : 0;
        ran_dry_ |= event.kind == EventKind::dequeued && event.at <= end_ && queued_ < window_;
        if (event.kind == EventKind::window) {
            note_window(event.at);
            window_ = static_cast<double>(event.value);
        }
        if (event.at <= begin_ || event.at > end_) return;
        if (event.kind == EventKind::build_ended) {
            ++builds_;
        } else if (event.kind == EventKind::reported) {
            ++resolved_;
            landed_ += event.outcome == Outcome::landed ? 1 : 0;
            window_seen_ += window_;
            floor_seen_ += window_ == floor_ ? 1 : 0;
        } else if (event.kind == EventKind::ended) {
            note_window(end_);
        }
    }

    std::vector<Share> read() const override {
        std::vector<Share> out;
        for (const SaturatedReading reading : readings_) out.push_back(read(reading));
        return out;
    }

    std::string fault() const override { return ran_dry_ ? "the queue ran dry" : ""; }

private:
    /// The window has been what it is since the last call.
    void note_window(Time now) {
        const Time from = std::max(since_, begin_);
        if (now > from) window_time_ += window_ * seconds(now - from);
        since_ = now;
    }

    Share read(SaturatedReading reading) const {
        switch (reading) {
            case SaturatedReading::resolved:
                return {resolved_, rounds_};
            case SaturatedReading::landed:
                return {landed_, rounds_};
            case SaturatedReading::builds:
                return {builds_, resolved_};
            case SaturatedReading::window:
                return {window_time_, seconds(end_ - begin_)};
            case SaturatedReading::window_seen:
                return {window_seen_, resolved_};
            case SaturatedReading::floor_seen:
                return {floor_seen_, resolved_};
        }
        return {};
    }

    std::vector<SaturatedReading> readings_;
    Time begin_, end_;
    double rounds_;
    double floor_;
    Time since_ = 0;
    double window_ = 0;
    double queued_ = 0;
    bool ran_dry_ = false;
    double window_time_ = 0, resolved_ = 0, landed_ = 0, builds_ = 0, window_seen_ = 0, floor_seen_ = 0;
};

}  // namespace

Scenario saturated_gate(double flake, ParameterValues zuul) {
    Scenario s = wide_gate(kSaturatedRun, std::move(zuul));
    s.projects[0].pipelines[0].jobs[0].flake = flake;
    return s;
}

std::unique_ptr<Gauge> make_saturated_gauge(std::vector<SaturatedReading> readings, int warm, int rounds, int floor) {
    return std::make_unique<SaturatedGauge>(std::move(readings), warm, rounds, floor);
}

}  // namespace gatesim
