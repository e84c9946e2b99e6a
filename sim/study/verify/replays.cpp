// R10: recorded builds of five projects, tested again in batches.
//
// The published figures come from the package that the study came with, whose rows stand in the order in which the
// builds were made; the records name each build's place in it. In that order counts and savings are the published ones,
// to the last digit that is printed (in the order of the times at which builds started they are not: a build that was
// started again started late, and a batch here and there held other changes).
#include <fmt/format.h>

#include <cmath>
#include <cstdint>

#include "strategy/batch_cost.hpp"
#include "study/verify/closed_form.hpp"
#include "study/verify/recorded_builds.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"

namespace gatesim {

namespace {

/// What the study's own order gives, in per cent: the failures, and the builds that are saved.
struct Published {
    const char* project;
    std::size_t builds;
    double fails, batch2, batch4, batch8, bisect, stop_at_4;
};
constexpr Published kPublished[] = {{"Graylog2/graylog2-server", 5199, 10.60, 34.60, 51.61, 51.95, 51.53, 55.22},
                                    {"gradle/gradle", 4019, 8.98, 34.81, 48.64, 43.22, 48.12, 50.71},
                                    {"mitchellh/vagrant", 4402, 9.59, 37.14, 55.82, 57.68, 58.34, 61.61},
                                    {"owncloud/android", 4452, 16.13, 30.28, 49.57, 52.72, 46.52, 53.39},
                                    {"puppetlabs/puppet", 3225, 7.01, 37.77, 54.02, 53.24, 56.93, 59.32}};
constexpr std::size_t kLargest = 20;
constexpr double kDigits = 0.005 + 1e-9;  ///< published are per cent with two digits behind the point
constexpr double kExact = 1e-12;

class ReplayGauge final : public Gauge {
public:
    void on(const Event& event) override {
        builds_ += event.kind == EventKind::build_started ? 1 : 0;
        landed_ += event.kind == EventKind::landed ? 1 : 0;
        left_ += event.kind == EventKind::reported ? 1 : 0;
    }
    std::vector<Share> read() const override {
        return {{landed_, 1}, {left_ - landed_, 1}, {builds_, 1}, {100 * (left_ - builds_), left_}};
    }

private:
    double builds_ = 0, landed_ = 0, left_ = 0;
};

/// A gate with all the changes in it, that tests them as the record says.
Scenario replay(const std::vector<char>& passes, const char* on_red, std::size_t size) {
    Scenario s = wide_gate(kSaturatedRun, {});
    s.pipelines[0].strategy = {"batch", {{"size", static_cast<std::int64_t>(size)}, {"on_red", std::string(on_red)}}};
    let_stand(s, passes.size());
    for (std::size_t i = 0; i < passes.size(); ++i)
        if (!passes[i]) s.load.listed->changes[i].breaks = {0};
    return s;
}

struct Way {
    const char* word;  ///< of on_red
    OnRed on_red;
    std::size_t size;  ///< 0 = the best one
    double saves;
};

/// Of equals the smallest.
std::size_t best_size(OnRed on_red, const std::vector<char>& passes) {
    std::size_t best = 1;
    for (std::size_t size = 2; size <= kLargest; ++size)
        if (batch_builds(on_red, size, passes) < batch_builds(on_red, best, passes)) best = size;
    return best;
}

ClosedForm replayed(const Published& published, const Way& way, const std::vector<char>& passes) {
    const std::size_t size = way.size > 0 ? way.size : best_size(way.on_red, passes);
    ClosedForm form;
    form.id = "R10";
    form.title = "Recorded builds in batches of b: what is saved";
    form.source = "Beheshtian, Bavand, Rigby 2022 (their records, tabulated again); the counts by going through them";
    form.assumes = "all builds stand in the queue in the order of the study, each fails as it did";
    form.where = fmt::format("{}, {}, {} = {}", published.project, way.word, way.size > 0 ? "b" : "best b", size);
    const auto builds = static_cast<double>(batch_builds(way.on_red, size, passes));
    const double failed = std::round(static_cast<double>(published.builds) * published.fails / 100);
    form.quantities = {{"landed", static_cast<double>(published.builds) - failed, kExact},
                       {"ejected", failed, kExact},
                       {"builds", builds, kExact},
                       {"saved, per cent", way.saves, kDigits / way.saves}};
    form.pieces = 1;
    form.piece = [=](std::uint32_t) { return replay(passes, way.word, size); };
    form.piece_gauge = [](std::uint32_t) { return std::make_unique<ReplayGauge>(); };
    return form;
}

RecordedBuilds records(std::string& trouble) {
    return read_recorded_builds(data_folder() + "/travis_builds.csv.gz", trouble);
}

}  // namespace

std::string missing_records() {
    std::string trouble;
    records(trouble);
    return trouble;
}

std::vector<ClosedForm> replay_forms() {
    std::string trouble;
    const RecordedBuilds recorded = records(trouble);
    std::vector<ClosedForm> out;
    if (!trouble.empty()) return out;
    for (const Published& p : kPublished) {
        const auto found = recorded.find(p.project);
        if (found == recorded.end()) continue;
        for (const Way& way : {Way{"singles", OnRed::singles, 2, p.batch2}, Way{"singles", OnRed::singles, 4, p.batch4},
                               Way{"singles", OnRed::singles, 8, p.batch8}, Way{"bisect", OnRed::bisect, 0, p.bisect},
                               Way{"stop-at-4", OnRed::stop_at_4, 0, p.stop_at_4}})
            out.push_back(replayed(p, way, found->second));
    }
    return out;
}

}  // namespace gatesim
