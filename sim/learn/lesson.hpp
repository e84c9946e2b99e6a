// A lesson as its manifest describes it (lessons/README.md is the manual), read and checked.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "learn/expression.hpp"
#include "model/time.hpp"
#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace gatesim::learn {

/// What to say when a check fails.
struct Message {
    std::string id;
    std::optional<Expression> when;  ///< nothing: always
    std::string say;
};

/// A pointer of the scenario that learners may set.
struct Edit {
    std::string pointer;
    std::string text;
    std::optional<double> from, to;
    std::string from_text, to_text;  ///< as in the manifest
    std::string quantity;  ///< what a value must be: "a time", "a share", "a bare number" … (units::what_is)
    std::vector<document::Node> one_of;
    bool any = false;
};

/// One number of the learner that turns several values of the scenario.
struct Lever {
    enum class As { share, time, count };
    struct Turn {
        std::string pointer;
        Expression value;  ///< in `x`
    };
    std::string id, text;
    double from = 0, to = 0;
    bool whole = false;
    As as = As::share;
    std::vector<Turn> turns;
    std::vector<std::pair<std::string, document::Node>> choices;  ///< value and merge patch
};

/// A fact to be read off a table of the practice run.
struct Fact {
    std::string table;
    std::vector<std::pair<std::string, std::string>> where;
    std::string by;  ///< column of which the row has the most or the least; empty: all rows
    bool most = true;
    std::string column;                ///< the answer; or
    std::vector<std::string> largest;  ///< which of these columns is largest; or
    std::string sum;                   ///< the sum of a column; or
    bool count = false;                ///< how many rows
};

/// How near is near enough.
struct Width {
    double value = 0;
    bool relative = false;  ///< a share of the goal
};

struct Question {
    std::string id, text, unit;
    int task = 1;
    bool first = false;
    std::vector<std::pair<std::string, std::string>> choices;
    std::optional<std::string> answer_text;
    std::optional<Expression> answer;
    std::optional<Fact> fact;
    std::optional<Width> within;
    std::vector<Message> messages;

    /// Whether it is right or wrong by itself.
    bool judged() const { return answer_text || answer || fact; }
    bool numeric() const { return choices.empty() && !answer_text && (!fact || !unit.empty()); }
};

/// Whose work a run is made with.
enum class Whose { learner, none, starter, solution };

/// A run of the lesson's scenario on the luck of the check.
struct Case {
    std::string id;
    Whose work = Whose::learner;
    std::vector<std::string> sets;  ///< "/pointer=value", on top
};

struct Axis {
    std::string pointer;
    std::vector<document::Node> values;
};

/// The case that stands beside the learner's on the page of a run, and what it is called there: "a gate without
/// flakes".
struct BesideCase {
    std::string id, label;
};

/// An optimum that a sweep finds.
struct Best {
    std::string id;
    std::vector<Axis> over;
    std::string base;  ///< a case; empty = the bare scenario
    std::optional<Expression> goal;
    bool most = true;
    std::vector<Expression> keep;
};

struct Experiment {
    std::string first, second;  ///< cases
    std::string metric;
    std::optional<Expression> pairs, same_luck, warmup;
};

enum class Relation { at_least, at_most, within };

struct Check {
    std::string id, text, unit;
    int task = 1;
    std::optional<Expression> measure, goal;
    std::string goal_text;  ///< as in the manifest
    Relation relation = Relation::at_least;
    Width within;
    bool each = false, guard = false;
    int from_attempt = 1;
    std::optional<Experiment> experiment;
    std::vector<Message> messages;
};

/// A figure for the texts.
struct Golden {
    /// What is told of `measure` and `against`: the mean of the first alone, how often one run of each picks the wrong
    /// one of the two if each run has luck of its own, or by how much the same luck makes their difference vary less.
    enum class Gives { mean, mistaken, gain };

    std::string id, unit;
    std::optional<Expression> measure, against;
    Gives gives = Gives::mean;
    std::string question, answer;   ///< or: on how many practice seeds that is the right answer
    std::string work = "solution";  ///< whose: solution, starter, none or wrong/NAME
    std::uint32_t runs = 30;        ///< replications it rests on
    std::optional<Axis> over;
};

/// A sentence of the texts that says something about the runs, and what must be so for it to be true.
struct Claim {
    std::string id;
    std::string says;  ///< the sentence or a part of it, as it stands in one of the texts
    std::optional<Expression> so;
    std::string work = "solution";  ///< whose: solution, starter, none or wrong/NAME
    bool each = false;              ///< in every replication, not on average
};

/// What a teacher draws on the board, made from runs of the lesson.
struct Picture {
    enum class Kind {
        stays,    ///< changes and time, of one case
        window,   ///< how wide the window is over time, of one case
        seeds,    ///< a dot a run and case, those of one luck joined
        figures,  ///< golden figures that have an `over`, a panel each
    };
    std::string id, text;
    Kind kind = Kind::stays;
    std::vector<std::string> of;  ///< cases, or figures
    std::optional<Time> until;    ///< of stays and window: the run ends there
    std::uint64_t seed = 0;       ///< of stays and window; 0 = one that is nobody's practice seed
    std::size_t rows = 0;         ///< of stays: so many changes, the first ones; 0 = all
    std::string metric;           ///< of seeds
    std::uint32_t runs = 10;      ///< of seeds
    bool shown = false;           ///< learners may see it before they have passed: it gives nothing away
};

/// A short name for a value of the scenario.
struct Alias {
    std::string name, base, pointer;  ///< base: a case
};

struct Lesson {
    std::string folder;  ///< where it lies
    std::string name;    ///< "05-bet-on-the-future"
    int revision = 1;
    std::string title, kind;
    int teach_minutes = 0, do_minutes = 0;
    std::vector<std::string> objectives, files, programs, hints;
    std::uint32_t variants = 1;
    std::optional<Time> warmup;
    std::vector<Edit> edits;
    std::vector<Lever> levers;
    std::vector<Question> questions;
    std::vector<Case> cases;  ///< the first is the learner's, the second the starter's
    std::optional<BesideCase> beside;
    std::vector<Best> bests;
    std::vector<Alias> aliases;
    std::vector<Check> checks;
    std::vector<Golden> golden;
    std::vector<Claim> claims;
    std::vector<Picture> pictures;

    std::string path(const std::string& file) const { return folder + "/" + file; }
    const Case* find_case(const std::string& id) const;
    const Question* find_question(const std::string& id) const;
    const Lever* find_lever(const std::string& id) const;
    const Best* find_best(const std::string& id) const;
    const Alias* find_alias(const std::string& name) const;
};

/// Reads FOLDER/lesson.json. Nothing if anything is wrong; then `problems` says what.
std::optional<Lesson> read_lesson(const std::string& folder, std::vector<Diagnostic>& problems);

/// The metric that the name means, split from its case: {"learner", index}, or nothing.
struct CaseMetric {
    std::string base;
    std::size_t metric = 0;
    bool warmup = false;  ///< CASE:warmup_s
};
std::optional<CaseMetric> case_metric(const std::string& name);

/// The unit an expression is printed in: that of its metric if it is nothing but one.
std::string unit_of(const Expression& expression);

}  // namespace gatesim::learn
