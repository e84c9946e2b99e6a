// R08, R09 and their relatives: who leaves for whose fault, and what is left of a window, in waves of changes.
//
// A wave is some changes that come together into an empty gate; the next one comes long after all have left. So a
// replication gives many independent samples of what happens to a change at a certain place.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "study/verify/closed_form.hpp"
#include "study/verify/saturated.hpp"
#include "study/verify/systems.hpp"
#include "study/verify/train_theory.hpp"

namespace gatesim {

namespace {

constexpr Time kRun = kHour;
constexpr int kWaves = 400;

enum class Look {
    last_lands,    ///< share of waves whose last change lands
    first_leaves,  ///< share of waves whose first change is ejected
    innocents,     ///< changes but the first that are ejected, a wave
    followers,     ///< changes but the first that land, a wave
    whole,         ///< share of waves that land as a whole when their first builds end
    at_once,       ///< changes that land when the first builds end, a wave
};

struct Waves {
    int size;  ///< changes
    Time gap;  ///< from one to the next; longer than any lasts
    Look look;
};

class WaveGauge final : public Gauge {
public:
    explicit WaveGauge(Waves waves) : waves_(waves) {}

    void on(const Event& event) override {
        if (event.kind == EventKind::enqueued) {
            if (event.at / waves_.gap != wave_) next_wave(event.at / waves_.gap);
            if (place_of_.size() <= event.change) place_of_.resize(event.change + 1);
            place_of_[event.change] = ++came_;
        } else if (event.kind == EventKind::reported) {
            const int place = place_of_[event.change];
            const bool landed = event.outcome == Outcome::landed;
            overran_ |= event.at / waves_.gap != wave_;
            at_once_ += landed && event.at % waves_.gap == kRun;
            switch (waves_.look) {
                case Look::last_lands:
                    sum_ += landed && place == waves_.size;
                    break;
                case Look::first_leaves:
                    sum_ += !landed && place == 1;
                    break;
                case Look::innocents:
                    sum_ += !landed && place > 1;
                    break;
                case Look::followers:
                    sum_ += landed && place > 1;
                    break;
                case Look::whole:
                case Look::at_once:
                    break;
            }
        } else if (event.kind == EventKind::ended) {
            next_wave(-1);
        }
    }

    std::vector<Share> read() const override { return {{sum_, kWaves}}; }
    std::string fault() const override { return overran_ ? "a wave ran into the next one" : ""; }

private:
    void next_wave(Time wave) {
        if (waves_.look == Look::at_once) sum_ += at_once_;
        if (waves_.look == Look::whole) sum_ += at_once_ == waves_.size;
        wave_ = wave;
        came_ = at_once_ = 0;
    }

    Waves waves_;
    Time wave_ = -1;
    int came_ = 0, at_once_ = 0;
    std::vector<int> place_of_;  ///< by change, from 1
    double sum_ = 0;
    bool overran_ = false;
};

void let_come(Scenario& scenario, const Waves& waves, bool first_is_broken) {
    ListedLoad& listed = scenario.load.listed.emplace();
    for (int i = 0; i < kWaves * waves.size; ++i) {
        ListedChange change;
        change.id = "c" + std::to_string(i + 1);
        change.enqueue_at = {{0, i / waves.size * waves.gap}};
        if (first_is_broken && i % waves.size == 0) change.breaks = {0};
        listed.changes.push_back(std::move(change));
    }
}

Scenario gate_of(const char* strategy, const ParameterValues& values, double flake) {
    Scenario s = wide_gate(kRun, {});
    s.pipelines[0].strategy = {strategy, values};
    s.projects[0].pipelines[0].jobs[0].flake = flake;
    return s;
}

std::int64_t whole(int value) {
    return value;
}

// ------------------------------------------------------------ R08: who is patient

ClosedForm place_in_queue(const char* rule, const char* strategy, const ParameterValues& values, int position,
                          double theory, double tolerance) {
    ClosedForm form;
    form.id = "R08";
    form.title = "Odds to land by place in the queue";
    form.source = "Kevin Benton, openstack-dev, June 2014";
    form.assumes = "each run fails with chance 0.2, all builds take D, nodes without limit";
    form.where = fmt::format("place {}, {}", position, rule);
    form.quantities = {{"lands", theory, tolerance}};
    const Waves waves{position, 40 * kRun, Look::last_lands};
    form.scenario = [=] {
        Scenario s = gate_of(strategy, values, 0.2);
        let_come(s, waves, false);
        return s;
    };
    form.gauge = [=] { return std::make_unique<WaveGauge>(waves); };
    return form;
}

ClosedForm behind_a_broken_car(const char* rule, const char* strategy, int followers, Look look, double theory) {
    ClosedForm form;
    form.id = "R08b";
    form.title = "Followers of a broken change that leave for its fault: H(k+1) - 1, or none";
    form.source = "derived; which of k + 1 independent builds ends first";
    form.assumes = "the first change is broken, builds take 0.75 D to 1.25 D, nodes without limit";
    form.where = fmt::format("k = {}, {}", followers, rule);
    form.quantities = {{look == Look::innocents ? "innocents that leave" : "followers that land", theory, 0.02}};
    const Waves waves{followers + 1, 10 * kRun, look};
    form.scenario = [=] {
        Scenario s = gate_of(strategy, {}, 0);
        s.projects[0].pipelines[0].jobs[0].duration = Distribution::uniform(0.75 * seconds(kRun), 1.25 * seconds(kRun));
        let_come(s, waves, true);
        return s;
    };
    form.gauge = [=] { return std::make_unique<WaveGauge>(waves); };
    return form;
}

// ------------------------------------------------------------ R09: what is left of a window

/// Landings an hour, and what a window without failures would have landed more. Builds take half an hour.
class RateGauge final : public Gauge {
public:
    RateGauge(int window, int rounds)
        : window_(window), rounds_(make_saturated_gauge({SaturatedReading::landed}, 0, rounds)) {}
    void on(const Event& event) override { rounds_->on(event); }
    std::string fault() const override { return rounds_->fault(); }
    std::vector<Share> read() const override {
        const Share landed = rounds_->read()[0];
        return {{2 * landed.over, landed.under}, {2 * (window_ * landed.under - landed.over), landed.under}};
    }

private:
    double window_;
    std::unique_ptr<Gauge> rounds_;
};

ClosedForm throughput(int window, double tolerance) {
    constexpr int kRounds = 300;
    constexpr double kFails = 0.1;
    ClosedForm form;
    form.id = "R09";
    form.title = "A window of n, a queue that never runs dry: q (1 - q^n) / p land a round";
    form.source = "Sonos, on its own merge queue";
    form.assumes = "each run fails with chance 0.1, a round is half an hour, nodes without limit";
    form.where = fmt::format("n = {}", window);
    const double landed = 2 * (1 - kFails) * (1 - std::pow(1 - kFails, window)) / kFails;
    form.quantities = {{"landed per hour", landed, tolerance}, {"lost per hour", 2 * window - landed, 2 * tolerance}};
    form.until = kRounds * kSaturatedRun;
    form.scenario = [=] {
        Scenario s = saturated_gate(kFails, {});
        s.pipelines[0].strategy = {"github", {{"window", whole(window)}, {"group_max", whole(0)}}};
        let_stand(s, static_cast<std::uint64_t>(kRounds * landed + 500));
        return s;
    };
    form.gauge = [=] { return std::make_unique<RateGauge>(window, kRounds); };
    return form;
}

// ------------------------------------------------------------ groups, witnesses, batches

ClosedForm whole_group(const char* rule, const char* strategy, double flake, int size, double theory) {
    ClosedForm form;
    form.id = "R18";
    form.title = "A group of n lands at the first try: (1-f)^n if all must be green, 1-f if the last one must";
    form.source = "GitHub's two rules for a group";
    form.assumes = "each run flakes with chance f, all builds take D, nodes without limit";
    form.where = fmt::format("n = {}, f = {:g}, {}", size, flake, rule);
    form.quantities = {{"lands as a whole", theory}};
    const Waves waves{size, 200 * kRun, Look::whole};
    form.scenario = [=] {
        Scenario s = gate_of(
            strategy,
            {{"window", whole(size)}, {"group_min", whole(size)}, {"group_max", whole(size)}, {"group_wait", 2 * kRun}},
            flake);
        let_come(s, waves, false);
        return s;
    };
    form.gauge = [=] { return std::make_unique<WaveGauge>(waves); };
    return form;
}

ClosedForm witnesses(int tolerance, double precision) {
    constexpr double kFlake = 0.25;
    ClosedForm form;
    form.id = "R19";
    form.title = "A change that k behind it may prove good is ejected in vain with chance f^(k+1)";
    form.source = "Shopify's table, for a suite that flakes in a quarter of its runs";
    form.assumes = "all builds take D, k changes stand behind it, nodes without limit";
    form.where = fmt::format("k = {}, f = {:g}", tolerance, kFlake);
    form.quantities = {{"ejected in vain", std::pow(kFlake, tolerance + 1), precision}};
    const Waves waves{tolerance + 1, 100 * kRun, Look::first_leaves};
    form.scenario = [=] {
        Scenario s =
            gate_of("shopify", {{"batch", whole(1)}, {"window", whole(tolerance + 1)}, {"tolerance", whole(tolerance)}},
                    kFlake);
        let_come(s, waves, false);
        return s;
    };
    form.gauge = [=] { return std::make_unique<WaveGauge>(waves); };
    return form;
}

ClosedForm batches_in_a_window(double p, int batch, int window) {
    ClosedForm form;
    form.id = "R22";
    form.title =
        "Batches of b in a window of w are units that fail with 1 - q^b: b Q (1 - Q^w) / (1 - Q) land, Q = q^b";
    form.source = "derived; before any part of a red batch is tested";
    form.assumes = "a share p of the changes is broken, all builds take D, nodes without limit";
    form.where = fmt::format("b = {}, w = {}, p = {:g}", batch, window, p);
    const double green = std::pow(1 - p, batch);
    form.quantities = {{"land at once", batch * green * (1 - std::pow(green, window)) / (1 - green)}};
    const Waves waves{batch * window, 1000 * kRun, Look::at_once};
    form.scenario = [=] {
        Scenario s =
            gate_of("shopify", {{"batch", whole(batch)}, {"window", whole(window)}, {"tolerance", whole(0)}}, 0);
        s.failures.defect = p;
        let_come(s, waves, false);
        return s;
    };
    form.gauge = [=] { return std::make_unique<WaveGauge>(waves); };
    return form;
}

}  // namespace

std::vector<ClosedForm> train_forms() {
    const auto any_red = [](int place) { return theory::lands_where_any_red_leaves(0.2, place); };
    const auto broken = [](int k) {
        return behind_a_broken_car("any red leaves", "gitlab-train", k, Look::innocents,
                                   theory::innocents_behind_a_broken_car(k));
    };
    std::vector<ClosedForm> forms = {
        place_in_queue("any red leaves", "gitlab-train", {}, 4, any_red(4), 0.01),
        broken(1),
        throughput(3, 0.01),
        whole_group("all must be green", "github", 0.05, 5, std::pow(0.95, 5)),
        whole_group("the last one must", "github-headgreen", 0.05, 5, 0.95),
        batches_in_a_window(0.02, 1, 3),
    };
    std::vector<ClosedForm> dear = {
        place_in_queue("any red leaves", "gitlab-train", {}, 20, any_red(20), 0.01),
        place_in_queue("nearest non-failing", "zuul", {}, 4, 0.8, 0.01),
        place_in_queue("nearest non-failing", "zuul", {}, 20, 0.8, 0.01),
        place_in_queue("what is ahead is awaited", "gitlab-train", {{"evict", std::string("settled-ahead")}}, 20, 0.8,
                       0.01),
        broken(9),
        broken(19),
        behind_a_broken_car("nearest non-failing", "zuul", 19, Look::followers, 19),
        throughput(5, 0.01),
        throughput(10, 0.01),
        witnesses(0, 0.01),
        witnesses(1, 0.03),
        witnesses(2, 0.05),
        batches_in_a_window(0.02, 4, 3),
        batches_in_a_window(0.02, 8, 3),
    };
    for (ClosedForm& form : dear) {
        form.dear = true;
        forms.push_back(std::move(form));
    }
    std::stable_sort(forms.begin(), forms.end(), [](const ClosedForm& a, const ClosedForm& b) { return a.id < b.id; });
    return forms;
}

}  // namespace gatesim
