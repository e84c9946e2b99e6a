#include "report/still.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "model/list_cell.hpp"
#include "record/words.hpp"
#include "report/again.hpp"
#include "report/over_time.hpp"
#include "report/sections.hpp"

namespace gatesim::report {

namespace {

using picture::Fate;

/// Who needs more reads the table itself.
constexpr std::size_t kMostTableRows = 100;

/// Where a stay is: the still of its queue, and its row there.
struct Place {
    std::size_t still, row;
    double from, until;
};

const char* fate_words(Fate fate) {
    switch (fate) {
        case Fate::landed:
            return "landed";
        case Fate::ejected:
            return "ejected";
        case Fate::thrown_away:
            return "thrown away";
        case Fate::running:
            return "not over at the end";
        case Fate::passed:
            return "its verdict served in another way";
    }
    return "";
}

/// Whether anybody ever stood in the queue for longer than an instant.
bool ever_long(const picture::Series& length) {
    return std::any_of(length.points.begin(), length.points.end(), [](const picture::Point& p) { return p.y > 0; });
}

class Stills {
public:
    explicit Stills(const Tables& tables) : tables_(tables), end_(last_instant(tables)) {
        add_stays();
        add_attempts();
        if (tables.resets) add_resets();
        if (tables.queue) add_queues();
    }
    std::vector<Still> take() { return std::move(stills_); }

private:
    std::size_t still_of(const std::string& queue) {
        for (std::size_t i = 0; i < stills_.size(); ++i)
            if (stills_[i].queue == queue) return i;
        stills_.push_back({queue, {}});
        return stills_.size() - 1;
    }

    void add_stays() {
        const Table& stays = *tables_.stays;
        for (std::size_t r = 0; r < stays.rows(); ++r) {
            const std::size_t s = still_of(stays.text(r, "pipeline") + "/" + stays.text(r, "queue"));
            Still& still = stills_[s];
            const double from = stays.number(r, "entered_s");
            const double left = stays.number(r, "left_s");
            const double until = left == left ? left : end_;
            const std::string& outcome = stays.text(r, "outcome");
            const bool landed = outcome == "landed";
            still.landed += landed;
            still.out += !landed && !outcome.empty();
            const std::string& label = stays.text(r, "label");
            still.chart.rows.push_back({label.empty() ? stays.text(r, "change") : label, from, until,
                                        landed            ? "✓"
                                        : outcome.empty() ? ""
                                                          : "out"});
            const Place place{s, still.chart.rows.size() - 1, from, until};
            by_item_[stays.text(r, "item")] = place;
            by_change_[stays.text(r, "change")].push_back(place);
        }
    }

    void add_attempts() {
        std::map<std::string, double> build_ends;
        if (tables_.builds)
            for (std::size_t r = 0; r < tables_.builds->rows(); ++r)
                build_ends[tables_.builds->text(r, "build")] = tables_.builds->number(r, "end_s");
        const Table& attempts = *tables_.attempts;
        for (std::size_t r = 0; r < attempts.rows(); ++r) {
            const std::string& end = attempts.text(r, "end");
            const Fate fate = end == "landed"        ? Fate::landed
                              : end == "ejected"     ? Fate::ejected
                              : end == "thrown_away" ? Fate::thrown_away
                              : end == "unfinished"  ? Fate::running
                                                     : Fate::passed;
            const double from = attempts.number(r, "opened_s");
            const double ended = attempts.number(r, "ended_s");
            const Place* first = nullptr;
            for (const std::string& item : names_in(attempts.text(r, "item"))) {
                const auto at = by_item_.find(item);
                if (at == by_item_.end()) continue;
                if (!first) first = &at->second;
                stills_[at->second.still].chart.bars.push_back(
                    {at->second.row, from, ended == ended ? ended : end_, fate,
                     fmt::format("attempt {} of {}: {}", attempts.text(r, "attempt"), attempts.text(r, "change"),
                                 fate_words(fate))});
            }
            if (!first && attempts.text(r, "item").empty()) {
                first = &branch_of(attempts.text(r, "pipeline") + "/" + attempts.text(r, "queue"));
                Place& place = branches_[first->still];
                place.until = std::max(place.until, ended == ended ? ended : end_);
                picture::ChangeTime& chart = stills_[first->still].chart;
                chart.rows[first->row].until = place.until;
                chart.rows[first->row].from = std::min(chart.rows[first->row].from, from);
                chart.bars.push_back({first->row, from, ended == ended ? ended : end_, fate,
                                      fmt::format("test of the branch up to {}", attempts.text(r, "change"))});
            }
            // The red build behind a verdict of its own; of what is thrown away it is somebody else's.
            const std::string& build = attempts.text(r, "build");
            if (!first || build.empty() || attempts.text(r, "result") != "red" || fate == Fate::thrown_away) continue;
            const auto red = build_ends.find(build);
            if (red == build_ends.end()) continue;
            stills_[first->still].chart.crosses.push_back(
                {first->row, red->second, fmt::format("build {} of {} fails", build, attempts.text(r, "change"))});
            by_build_[build] = *first;
        }
    }

    /// Tests of the branch vouch for nobody in the queue: they have a row of their own, below those of the stays.
    const Place& branch_of(const std::string& queue) {
        const std::size_t s = still_of(queue);
        const auto at = branches_.find(s);
        if (at != branches_.end()) return at->second;
        stills_[s].chart.rows.push_back({"the branch", 0, 0, ""});
        stills_[s].chart.rows.back().from = end_;
        return branches_[s] = {s, stills_[s].chart.rows.size() - 1, end_, 0};
    }

    /// The stay of that change at that instant.
    const Place* stay_of(const std::string& change, double at) const {
        const auto list = by_change_.find(change);
        if (list == by_change_.end()) return nullptr;
        for (auto place = list->second.rbegin(); place != list->second.rend(); ++place)
            if (place->from <= at && at <= place->until) return &*place;
        return nullptr;
    }

    void add_resets() {
        const Table& resets = *tables_.resets;
        for (std::size_t r = 0; r < resets.rows(); ++r) {
            const double at = resets.number(r, "at_s");
            const auto red = by_build_.find(resets.text(r, "build"));
            const Place* from = red != by_build_.end() ? &red->second : stay_of(resets.text(r, "because_of"), at);
            if (!from) continue;
            ++stills_[from->still].resets;
            for (const std::string& change : names_in(resets.text(r, "changes"))) {
                const Place* to = stay_of(change, at);
                if (to && to->still == from->still && to->row != from->row)
                    stills_[from->still].chart.arrows.push_back({from->row, at, to->row, resets.text(r, "reason")});
            }
        }
    }

    void add_queues() {
        for (QueueSteps& queue : queue_steps(*tables_.queue))
            for (Still& still : stills_) {
                if (still.queue != queue.name || !ever_long(queue.length)) continue;
                picture::Panel panel;
                panel.y.label = "changes in the queue";
                panel.y.from_zero = true;
                panel.series.push_back(std::move(queue.length));
                still.chart.panel = std::move(panel);
            }
    }

    const Tables& tables_;
    double end_;
    std::vector<Still> stills_;
    std::map<std::string, Place> by_item_;
    std::map<std::string, std::vector<Place>> by_change_;
    std::map<std::string, Place> by_build_;
    std::map<std::size_t, Place> branches_;  ///< by still
};

void add_still(Page& page, const StudyFolder& folder, const std::string& id, const std::string& heading,
               const Still& still) {
    const auto count = [&](Fate fate) {
        return static_cast<std::size_t>(std::count_if(still.chart.bars.begin(), still.chart.bars.end(),
                                                      [&](const picture::AttemptBar& b) { return b.fate == fate; }));
    };
    const std::size_t lost = count(Fate::thrown_away);
    const std::string desc =
        fmt::format("Each row is a stay in the queue, each bar an attempt to test it. {}, {}; {}, and {} thrown away.",
                    counted(static_cast<std::int64_t>(still.landed), "stay landed", "stays landed"),
                    counted(static_cast<std::int64_t>(still.out), "out, which left without landing",
                            "out, which left without landing"),
                    counted(static_cast<std::int64_t>(still.resets), "reset", "resets"),
                    counted(static_cast<std::int64_t>(lost), "attempt", "attempts"));
    TextTable table{{"stay", "entered, s", "left, s", "end"}};
    for (const picture::StayRow& row : still.chart.rows) {
        if (table.rows.size() == kMostTableRows) {
            table.note =
                fmt::format("The first {} of {} stays; all are in stays.csv.", kMostTableRows, still.chart.rows.size());
            break;
        }
        table.rows.push_back({row.label, picture::coordinate(row.from), picture::coordinate(row.until),
                              row.end == "✓" ? "landed" : row.end});
    }
    const bool tall = still.chart.rows.size() > 60;
    if (tall) page.raw("<div class=\"tall\" tabindex=\"0\" role=\"group\" aria-label=\"changes and time\">\n");
    const auto chart = [&](const picture::About& about) {
        picture::ChangeTime out = still.chart;
        out.about = about;
        out.time = time_axis(folder);
        return out;
    };
    page.figure(
        id, heading, desc, false, [&](const picture::About& about) { return picture::change_time_svg(chart(about)); },
        table, [&](const picture::About& about) { return picture::change_time_pieces(chart(about)); });
    if (tall) page.raw("</div>\n");
}

/// How to get what the folder does not have, in lines that can be copied.
void add_way_to_replay(Page& page, const StudyFolder& folder) {
    std::vector<std::string> how;
    if (folder.kind == FolderKind::run) {
        page.paragraph(
            "This folder does not say what happened to each change: it has no stays.csv and attempts.csv, which a run "
            "writes unless --tables none is given.");
        if (!folder.again.empty()) how.push_back(folder.again.substr(0, folder.again.find('\n')));
    } else {
        page.paragraph(folder.kind == FolderKind::compare
                           ? "This page shows no change by itself."
                           : "A study keeps the numbers of each replication and not what happened to each change.");
        std::vector<std::size_t> two = {folder.baseline};
        for (std::size_t a = 0; a < folder.arms.size() && two.size() < 2; ++a)
            if (a != folder.baseline) two.push_back(a);
        how = folder.kind == FolderKind::compare ? replay_of(folder, two) : runs_of(folder, two);
    }
    if (!how.empty())
        page.paragraph(how.size() > 1 ? "These lines give it, for two of its gates on the same luck:"
                                      : "This gives it:");
    for (const std::string& line : how) page.raw(fmt::format("<p><code>{}</code></p>\n", picture::escaped(line)));
}

}  // namespace

std::vector<Still> stills(const Tables& tables) {
    if (!tables.stays || !tables.attempts) return {};
    return Stills(tables).take();
}

void add_replay(Page& page, const StudyFolder& folder, const std::string& player) {
    if (folder.kind == FolderKind::calibrate) return;
    if (!player.empty()) page.part("replay", "Replay", player);
    page.section("stills", "Changes and time");
    bool any = false;
    for (std::size_t a = 0; a < folder.arms.size(); ++a) {
        const auto list = stills(folder.arms[a].tables);
        for (std::size_t i = 0; i < list.size() && i < 4; ++i) {
            std::string heading = list[i].queue;
            if (folder.arms.size() > 1) heading = folder.arms[a].label + ": " + heading;
            add_still(page, folder, fmt::format("still-{}-{}", a, i), heading, list[i]);
            any = true;
        }
    }
    if (any) return;
    if (folder.kind == FolderKind::run && !folder.arms.empty() && folder.arms.front().tables.stays &&
        folder.arms.front().tables.attempts)
        return page.paragraph("No change came to a gate in this replication.");
    add_way_to_replay(page, folder);
}

}  // namespace gatesim::report
