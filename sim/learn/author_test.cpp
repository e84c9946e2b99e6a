#include "learn/author_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "learn/author_checks.hpp"
#include "learn/author_texts.hpp"
#include "learn/corners.hpp"
#include "learn/golden.hpp"
#include "learn/org_answers.hpp"
#include "learn/reader.hpp"
#include "learn/variants.hpp"
#include "study/own_files.hpp"

namespace gatesim::learn {

namespace fs = std::filesystem;

namespace {

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

class LessonTest {
public:
    LessonTest(const std::string& folder, const AuthorOptions& options) : folder_(folder), options_(options) {
        report_.lesson = fs::path(folder).filename().string();
    }

    LessonReport run() {
        examine();
        report_.interrupted = checks_ && checks_->interrupted();
        return report_;
    }

private:
    void examine() {
        std::vector<Diagnostic> problems;
        lesson_ = read_lesson(folder_, problems);
        put("the manifest is whole", problems.empty(), text(problems));
        if (!lesson_) return;
        checks_.emplace(*lesson_, options_, report_.answers);
        put_list("no file is missing or stray", stray_files(*lesson_));
        if (!options_.overlay.empty()) measure_answers();
        starter();
        solution();
        variants();
        wrong_answers();
        if (options_.solvable_only) {
            if (options_.claims && report_.fine() && !checks_->interrupted() && !lesson_->claims.empty()) figures();
            return;
        }
        if (options_.clock) budget();
        if (options_.clock && options_.overlay.empty()) corners();
        if (options_.figures) figures();
        put_list("the texts are whole", text_troubles(*lesson_, known_figures()));
    }

    void put(const std::string& what, bool fine, const std::string& trouble) {
        report_.exhibits.push_back({what, fine, fine ? "" : trouble});
    }
    void put_list(const std::string& what, const std::vector<std::string>& troubles) {
        std::string all;
        for (const std::string& t : troubles) all += (all.empty() ? "" : "\n") + t;
        put(what, troubles.empty(), all);
    }

    /// What the reference answers would be in this organisation.
    void measure_answers() {
        std::string trouble;
        const auto solved = checks_->work("solution/work.json", trouble);
        if (!solved) return;
        // The answers of the lesson's own organisation are wrong here, and a check sees that after a few runs. What is
        // right takes them all.
        CheckOptions options = checks_->on(judging_luck(1));
        options.looks = {kLooks.back()};
        report_.answers = answers_for(*lesson_, checks_->check(*solved, options));
    }

    void starter() {
        std::string trouble;
        const auto start = checks_->work("work.json", trouble);
        for (int i = 1; start && trouble.empty() && i <= kCalibrationSeeds; ++i) {
            const CheckOutcome outcome = checks_->check(*start, fmt::format("calibration {}", i));
            trouble = trouble_of(outcome);
            if (outcome.passed()) trouble = fmt::format("work.json as it is handed out passes (calibration {})", i);
            if (!outcome.missing.empty()) break;  // nothing was run: it is the same on every seed
        }
        put("the starter fails", trouble.empty(), trouble);
    }

    void solution() {
        std::string trouble;
        const auto solved = checks_->work("solution/work.json", trouble);
        if (solved) {
            for (int luck = 1; luck <= kJudgingLucks; ++luck) {
                const CheckOutcome outcome = checks_->check(*solved, judging_luck(luck));
                const std::string wrong = trouble_of(outcome) + unmet(outcome);
                if (!wrong.empty()) trouble += fmt::format("judging luck {}: {}\n", luck, wrong);
            }
            put(fmt::format("the solution passes on each of {} judging lucks", kJudgingLucks), trouble.empty(),
                trouble);
            trouble = margins(*solved);
        }
        put(fmt::format("the solution passes on {} unseen seeds, {:.0f} standard errors from each line", kUnseenRuns,
                        kMargin),
            trouble.empty(), trouble);
    }

    /// What questions ask about differs by practice seed: with each of them there must be an answer that may be given,
    /// and the check must take it.
    void variants() {
        std::string trouble;
        const auto solved = asks_about_practice(*lesson_) ? checks_->work("solution/work.json", trouble) : std::nullopt;
        if (!solved) return;
        Stage stage(*lesson_, *solved, options_.overlay);
        for (std::uint64_t seed = 1; seed <= lesson_->variants; ++seed) {
            StudyProblem problem;
            const RightAnswers right = practice_answers(*lesson_, stage, seed, options_.scratch, problem);
            if (!problem.text.empty()) return put("every practice seed has its answers", false, problem.text);
            const std::string before = trouble;
            for (const Question& q : lesson_->questions)
                if (const std::string t = q.fact ? answer_trouble(q, right.at(q.id)) : ""; !t.empty())
                    trouble += fmt::format("practice seed {}: {}: {}\n", seed, q.id, t);
            if (trouble != before) continue;
            CheckOptions how = checks_->on(judging_luck(1));
            how.practice_seed = seed;
            const std::string not_taken = unmet(checks_->check(with_answers(*lesson_, *solved, right), how));
            if (!not_taken.empty()) trouble += fmt::format("practice seed {}: {}", seed, not_taken);
        }
        put(fmt::format("the answers to the practice run are found and taken with {} practice seeds",
                        lesson_->variants),
            trouble.empty(), trouble);
    }

    std::string margins(const Work& solved) {
        CheckOptions options = checks_->on("unseen");
        options.looks = {kUnseenRuns};
        const CheckOutcome outcome = checks_->check(solved, options);
        std::string out = trouble_of(outcome) + unmet(outcome, true);
        for (const Finding& f : outcome.findings) {
            if (f.question || f.status != Status::pass) continue;
            const double m = margin(f.room);
            if (m < kMargin)
                out += fmt::format("{}: {:.1f} standard errors from the line ({}, {})\n", f.id, m, f.yours, f.goal);
        }
        return out;
    }

    void wrong_answers() {
        std::vector<std::string> files = wrong_files(*lesson_), troubles;
        std::set<std::string> said;
        if (files.empty()) troubles.emplace_back("there is no wrong answer: wrong/NAME.json");
        for (const std::string& file : files) {
            std::string must;
            const std::string trouble = wrong_answer(file, must);
            if (!trouble.empty()) troubles.push_back(fmt::format("{}: {}", file, trouble));
            if (must != "refused" && !must.empty() && !said.insert(must).second)
                troubles.push_back(fmt::format("{}: another wrong answer brings up {}, too", file, must));
        }
        put_list(fmt::format("{} wrong answers fail on each judging luck, each with its message", files.size()),
                 troubles);
    }

    /// A learner may go to the ends of what may be set: there, too, a check takes no longer than it may.
    void corners() {
        std::string trouble;
        const auto solved = checks_->work("solution/work.json", trouble);
        if (!solved) return;
        std::vector<std::string> troubles;
        const double allowed = seconds_allowed();
        const std::vector<Work> all = corner_works(*lesson_, *solved);
        for (const Work& corner : all) {
            if (const double took = checks_->seconds_of(corner, judging_luck(1)) / kCheckCores; took > allowed)
                troubles.push_back(
                    fmt::format("{} takes {:.1f} s on {} cores", corner_text(corner), took, kCheckCores));
            if (checks_->interrupted()) break;
        }
        put_list(fmt::format("at {} corners of what may be set a check takes at most {:.0f} s on {} cores", all.size(),
                             allowed, kCheckCores),
                 troubles);
    }

    /// A program of the learner's is started anew for each run, which takes as long again as the run.
    double seconds_allowed() const { return lesson_->programs.empty() ? kCheckSeconds : 2 * kCheckSeconds; }

    /// The dearest check of all that were made: of the starter, the solution, the wrong answers.
    void budget() {
        const double took = checks_->dearest() / kCheckCores, allowed = seconds_allowed();
        put(fmt::format(
                "the dearest check takes {:.1f} s on {} cores ({:.0f} s are allowed, {:.0f} s on a busy machine)", took,
                kCheckCores, allowed, kBusy * allowed),
            took <= kBusy * allowed, "make the period or the number of changes smaller, or a sweep coarser");
    }

    /// What is wrong with a wrong answer; empty if it fails as it should.
    std::string wrong_answer(const std::string& file, std::string& must) {
        Reader reader(lesson_->path(file));
        const auto root = reader.root();
        if (root) must = reader.text(*root, "must_say");
        if (!reader.fine()) return text(reader.take());
        if (must.empty()) return "it has no \"must_say\"";
        std::string trouble;
        const auto bad = checks_->work(file, trouble);
        if (!bad) return must == "refused" ? "" : first_line(trouble);
        if (must == "refused") return "it was not refused";
        for (int luck = 1; luck <= kJudgingLucks; ++luck)
            if (const std::string t = not_as_said(*bad, must, luck); !t.empty())
                return luck == 1 ? t : fmt::format("{} (judging luck {})", t, luck);
        return "";
    }

    std::string not_as_said(const Work& bad, const std::string& must, int luck) {
        const CheckOutcome outcome = checks_->check(bad, judging_luck(luck));
        if (std::string t = trouble_of(outcome); !t.empty()) return t;
        if (outcome.passed()) return "it passes";
        std::vector<std::string> heard;
        for (const Finding& f : outcome.findings)
            if (!f.message_id.empty()) heard.push_back(f.message_id);
        if (std::find(heard.begin(), heard.end(), must) != heard.end()) return "";
        // Messages speak of the lesson's own numbers; in another organisation it is enough that nobody gets through.
        if (!options_.overlay.empty()) return "";
        return fmt::format("must say {}, but says {}", must, heard.empty() ? "nothing" : document::listing(heard));
    }

    void figures() {
        const GoldenResult measured = measure_golden(*lesson_, {options_.overlay, options_.jobs, options_.scratch});
        report_.golden = measured.document;
        std::string trouble = text(measured.problems) + measured.trouble.text;
        const auto kept = read_text(lesson_->path("expected/golden.json"));
        if (trouble.empty() && options_.overlay.empty() && kept != measured.document)
            trouble =
                kept ? "expected/golden.json is not what is measured now; gatesim lesson verify --write " +
                           lesson_->name + " writes it"
                     : "expected/golden.json is missing; gatesim lesson verify --write " + lesson_->name + " writes it";
        put(fmt::format("{} figures agree with a new run", measured.figures.size()), trouble.empty(), trouble);
        figures_ = measured.figures;
        std::string untrue;
        for (const std::string& claim : measured.untrue) untrue += claim + "\n";
        put(fmt::format("{} of {} claims of the texts are so", lesson_->claims.size() - measured.untrue.size(),
                        lesson_->claims.size()),
            untrue.empty(), untrue);
    }

    Figures known_figures() const { return options_.figures ? figures_ : read_figures(*lesson_); }

    std::string folder_;
    const AuthorOptions& options_;
    std::optional<Lesson> lesson_;
    LessonReport report_;
    Figures figures_;
    std::optional<AuthorChecks> checks_;
};

}  // namespace

bool LessonReport::fine() const {
    return std::all_of(exhibits.begin(), exhibits.end(), [](const Exhibit& e) { return e.fine; });
}

LessonReport test_lesson(const std::string& folder, const AuthorOptions& options) {
    return LessonTest(folder, options).run();
}

std::vector<Exhibit> test_track(const Track& track) {
    std::set<std::string> known;
    for (const TrackEntry& e : track.lessons) known.insert(e.lesson);
    std::vector<std::string> stray;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(track.folder, error)) {
        const std::string name = entry.path().filename().string();
        if (fs::exists(entry.path() / "lesson.json", error) && !known.count(name))
            stray.push_back(name + " is in no track.json");
        if (!entry.is_directory(error) && name != "track.json" && !name.ends_with(".md") &&
            name != kManifest)  // the mark of a folder that verify --org wrote
            stray.push_back(name + " does not belong here");
    }
    std::sort(stray.begin(), stray.end());
    std::string all;
    for (const std::string& s : stray) all += (all.empty() ? "" : "\n") + s;
    return {
        {fmt::format("track.json names {} lessons and none is left over", track.lessons.size()), stray.empty(), all}};
}

}  // namespace gatesim::learn
