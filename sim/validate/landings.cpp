#include "validate/landings.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "measure/landing_facts.hpp"
#include "validate/forecast.hpp"
#include "validate/scores.hpp"

namespace gatesim::validate {

namespace {

constexpr Time kBurst = 120 * kSecond, kWeek = 7 * kDay;
constexpr std::size_t kFewest = 10;
constexpr double kTenfold = 2.302585092994046;

bool counts(const Record& record, const Landing& landing, const Spans& part) {
    return part.holds(landing.at) && landing.at <= record.length &&
           (landing.stay == kNone || record.stays[landing.stay].exact());
}

/// First instants of the days, UTC, that lie in the part as a whole.
std::vector<Time> days_in(const Record& record, const Spans& part) {
    std::vector<Time> out;
    const Time first = (kDay - record.origin % kDay) % kDay;
    for (Time day = first; day + kDay <= record.length; day += kDay)
        if (part.holds(day) && part.holds(day + kDay - 1)) out.push_back(day);
    return out;
}

}  // namespace

const std::vector<LandingFigure>& landing_figure_list() {
    static const std::vector<LandingFigure> kList = {
        {"landings_a_day", "", "mean", false},
        {"busiest_day", "", "landings of the day with the most", false},
        {"dispersion", "", "variance over mean of the landings a day", false},
        {"burst_size", "", "mean; in a burst each comes within two minutes of the one before", false},
        {"burst_share", "share", "of the landings in bursts of two and more", false},
        {"gap_p25", "s", "between one landing and the next", false},
        {"gap_p50", "s", "", false},
        {"gap_p75", "s", "", false},
        {"gap_p95", "s", "", false},
        {"upload_to_landing_p50", "s", "", true},
        {"within_a_day", "share", "of the landings within 24 hours of the upload", true},
        {"fastest_of_day", "s", "upload to landing, the fastest of a day: median over days", true},
        {"p5_of_day", "s", "upload to landing, 5 % of a day: median over days", true},
    };
    return kList;
}

std::vector<std::optional<double>> landing_figures(const Record& record, std::vector<Landing> landings,
                                                   const Spans& part) {
    std::vector<std::optional<double>> out(landing_figure_list().size());
    std::erase_if(landings, [&](const Landing& landing) { return !counts(record, landing, part); });
    const std::vector<Time> days = days_in(record, part);
    if (landings.size() < kFewest || days.size() < 2) return out;
    std::sort(landings.begin(), landings.end(), [](const Landing& a, const Landing& b) { return a.at < b.at; });
    std::vector<Time> times;
    std::vector<double> gaps, waits;
    std::map<Time, double> a_day;
    std::map<Time, std::vector<double>> waits_of;
    for (const Time day : days) a_day[day] = 0;
    for (const Landing& landing : landings) {
        if (!times.empty()) gaps.push_back(seconds(landing.at - times.back()));
        times.push_back(landing.at);
        const auto next = std::upper_bound(days.begin(), days.end(), landing.at);
        const bool whole = next != days.begin() && landing.at < *std::prev(next) + kDay;
        if (whole) a_day[*std::prev(next)] += 1;
        if (landing.stay == kNone || record.stays[landing.stay].uploaded == kNever) continue;
        waits.push_back(seconds(std::max<Time>(0, landing.at - record.stays[landing.stay].uploaded)));
        if (whole) waits_of[*std::prev(next)].push_back(waits.back());
    }
    double sum = 0, squares = 0, most = 0;
    for (const auto& [day, n] : a_day) sum += n, squares += n * n, most = std::max(most, n);
    const auto n = static_cast<double>(days.size());
    std::size_t at = 0;
    const auto put = [&](double value) { out[at++] = value; };
    put(sum / n);
    put(most);
    put(sum > 0 ? (squares / n - sum / n * sum / n) / (sum / n) : 0);
    const std::vector<std::size_t> bursts = burst_sizes(times, kBurst);
    std::size_t together = 0;
    for (const std::size_t size : bursts) together += size > 1 ? size : 0;
    put(static_cast<double>(times.size()) / static_cast<double>(bursts.size()));
    put(static_cast<double>(together) / static_cast<double>(times.size()));
    for (const double share : {0.25, 0.5, 0.75, 0.95}) put(quantile_of(gaps, share));
    if (waits.size() < kFewest || waits_of.empty()) return out;
    put(quantile_of(waits, 0.5));
    put(static_cast<double>(std::count_if(waits.begin(), waits.end(), [](double w) { return w <= 86'400; })) /
        static_cast<double>(waits.size()));
    std::vector<double> fastest, early;
    for (const auto& [day, list] : waits_of) {
        fastest.push_back(*std::min_element(list.begin(), list.end()));
        early.push_back(quantile_of(list, 0.05));
    }
    put(quantile_of(fastest, 0.5));
    put(quantile_of(early, 0.5));
    return out;
}

std::vector<Landing> seen_landings(const Record& record) {
    std::vector<Landing> out;
    for (std::uint32_t i = 0; i < record.stays.size(); ++i)
        if (record.stays[i].landed && record.stays[i].exact()) out.push_back({record.stays[i].left(), i});
    return out;
}

std::vector<Landing> hours_again(const Record& record, const Spans& train, const Luck& luck) {
    const Time first = (kHour - record.origin % kHour) % kHour;
    const auto hour_of_week = [&](Time hour) { return (hour + record.origin) % kWeek / kHour; };
    std::map<Time, std::vector<Time>> landed;  // by hour, since its beginning
    for (const Landing& landing : seen_landings(record)) {
        const Time in_hour = (landing.at - first) % kHour;
        if (landing.at >= first) landed[landing.at - in_hour].push_back(in_hour);
    }
    std::map<Time, std::vector<Time>> like;  // hours of the training time by their place in the week
    for (Time hour = first; hour < record.length; hour += kHour)
        if (train.holds(hour) && train.holds(hour + kHour - 1)) like[hour_of_week(hour)].push_back(hour);
    std::vector<Landing> out;
    for (Time hour = first; hour < record.length; hour += kHour) {
        const std::vector<Time>& choice = like[hour_of_week(hour)];
        if (choice.empty()) continue;
        const double u = luck.uniform(Purpose::selection, static_cast<std::uint64_t>(hour / kHour));
        const Time source =
            choice[std::min(static_cast<std::size_t>(u * static_cast<double>(choice.size())), choice.size() - 1)];
        for (const Time in_hour : landed[source]) out.push_back({hour + in_hour, kNone});
    }
    return out;
}

std::vector<Landing> no_gate(const Record& record, const Approvals& approvals, const Luck& luck) {
    const std::vector<Time> times = draw_approvals(approvals, record, luck);
    std::vector<Landing> out;
    for (std::uint32_t i = 0; i < times.size(); ++i)
        if (record.stays[i].landed) out.push_back({times[i], i});
    return out;
}

double LandingScores::off(const LandingScores& other) const {
    double sum = 0, n = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        if (!seen[k] || said[k].values.empty() || other.said[k].values.empty()) continue;
        sum += said[k].off;
        n += 1;
    }
    return n == 0 ? 0 : sum / n;
}

double LandingScores::met() const {
    double in = 0, n = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        if (!seen[k] || said[k].values.empty()) continue;
        in += said[k].low <= *seen[k] && *seen[k] <= said[k].high ? 1 : 0;
        n += 1;
    }
    return n == 0 ? 0 : in / n;
}

LandingScores score_landings(const Record& record, const std::vector<std::vector<Landing>>& replications,
                             const Spans& part) {
    LandingScores out;
    out.seen = landing_figures(record, seen_landings(record), part);
    out.said.resize(out.seen.size());
    for (const std::vector<Landing>& replication : replications) {
        const auto figures = landing_figures(record, replication, part);
        for (std::size_t k = 0; k < figures.size(); ++k)
            if (figures[k]) out.said[k].values.push_back(*figures[k]);
    }
    for (std::size_t k = 0; k < out.said.size(); ++k) {
        Said& said = out.said[k];
        if (said.values.size() < replications.size()) said.values.clear();  // some replication cannot say
        if (said.values.empty()) continue;
        said.median = quantile_of(said.values, 0.5);
        said.low = quantile_of(said.values, 0.05);
        said.high = quantile_of(said.values, 0.95);
        if (!out.seen[k] || *out.seen[k] <= 0) continue;
        std::vector<double> logs;
        for (const double value : said.values)
            logs.push_back(value <= 0 ? -kTenfold : std::clamp(std::log(value / *out.seen[k]), -kTenfold, kTenfold));
        said.off = crps(std::move(logs), 0);
    }
    return out;
}

Verdict judge_landings(const LandingScores& model, const LandingScores& hours, const LandingScores& free) {
    double worst = 0;  // the largest of model over trivial
    for (const LandingScores* trivial : {&hours, &free}) {
        const double theirs = trivial->off(model);
        worst = std::max(worst, theirs > 0 ? model.off(*trivial) / theirs : 1);
    }
    if (worst >= 1) return Verdict::no_better;
    return worst <= 0.75 && model.met() >= 0.85 ? Verdict::predicts : Verdict::explains;
}

}  // namespace gatesim::validate
