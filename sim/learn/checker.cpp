#include "learn/checker.hpp"

#include <algorithm>
#include <cmath>

#include "learn/bench.hpp"
#include "learn/experiment.hpp"
#include "learn/facts.hpp"
#include "learn/wording.hpp"

namespace gatesim::learn {

namespace {

/// FNV-1a: the same everywhere, unlike the library's.
std::uint64_t hash(const std::string& text) {
    std::uint64_t out = 0xcbf29ce484222325u;
    for (const char c : text) {
        out ^= static_cast<unsigned char>(c);
        out *= 0x100000001b3u;
    }
    return out ^ (out >> 29);
}

/// A check while replications come in.
struct Trial {
    const Check* check = nullptr;
    Finding finding;
    bool decided = false;
    bool runs = true;  ///< can be measured at all: everything it asks for is answered
};

class Checker {
public:
    Checker(const Lesson& lesson, const Work& work, const CheckOptions& options)
        : lesson_(lesson),
          work_(work),
          options_(options),
          stage_(lesson, work, options.overlay),
          bench_(stage_, bench_options()) {}

    CheckOutcome run();

private:
    BenchOptions bench_options() const {
        BenchOptions out;
        out.seed = options_.seed;
        out.jobs = options_.jobs;
        out.looks = options_.looks;
        out.journal = options_.journal;
        if (options_.progress) out.progress = [this](const GridProgress& p) { options_.progress(p.done, p.total); };
        return out;
    }
    bool answered(const Expression& expression) const;
    void prepare();
    Bench::Undecided look();
    void judge_questions();
    void judge_question(const Question& question, const Tables& tables);
    void conclude();
    void experiments();
    void say(const std::vector<Message>& messages, Finding& finding) const;
    bool give_up();

    const Lesson& lesson_;
    const Work& work_;
    const CheckOptions& options_;
    Stage stage_;
    Bench bench_;
    std::vector<Trial> trials_;
    CheckOutcome out_;
};

bool Checker::answered(const Expression& expression) const {
    return std::all_of(expression.names().begin(), expression.names().end(), [&](const std::string& name) {
        return !name.starts_with("answer.") || work_.answers.count(name.substr(7)) > 0;
    });
}

Finding finding_of(const Check& check) {
    Finding f;
    f.id = check.id;
    f.text = check.text;
    f.unit = check.unit;
    f.task = check.task;
    f.guard = check.guard;
    return f;
}

/// Whether the goal is a figure that the learner's answer has to meet.
bool asks_to_find(const Check& check) {
    if (check.experiment || check.relation != Relation::within) return false;
    const auto& names = check.measure->names();
    return std::any_of(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("answer."); });
}

void Checker::prepare() {
    for (const Check& check : lesson_.checks) {
        Trial trial;
        trial.check = &check;
        trial.finding = finding_of(check);
        trial.finding.judged = options_.attempt >= check.from_attempt;
        trial.finding.hidden = options_.attempt < kGoalToldFrom && asks_to_find(check);
        const auto& e = check.experiment;
        trial.runs = e ? answered(*e->pairs) && (!e->same_luck || answered(*e->same_luck)) &&
                             (!e->warmup || answered(*e->warmup))
                       : answered(*check.measure) && answered(*check.goal);
        if (trial.runs && !e) {
            bench_.want(*check.measure);
            bench_.want(*check.goal);
            for (const Message& m : check.messages)
                if (m.when) bench_.want(*m.when);
        }
        if (e)
            for (const auto& part : {e->pairs, e->same_luck, e->warmup})
                if (part) bench_.want(*part);
        trials_.push_back(std::move(trial));
    }
    for (const Question& q : lesson_.questions) {
        if (q.answer) bench_.want(*q.answer);
        for (const Message& m : q.messages)
            if (m.when) bench_.want(*m.when);
    }
}

/// Judges what is not decided yet; gives what still is not.
Bench::Undecided Checker::look() {
    Bench::Undecided open;
    for (Trial& trial : trials_) {
        if (!trial.runs || trial.decided || trial.check->experiment) continue;
        const std::size_t n = bench_.replications({&*trial.check->measure, &*trial.check->goal});
        const Series measure = bench_.series(*trial.check->measure, n), goal = bench_.series(*trial.check->goal, n);
        const Judgement judgement = judge(*trial.check, measure, goal);
        trial.decided = judgement.status.has_value();
        trial.finding.status = judgement.status.value_or(Status::too_close);
        trial.finding.room = judgement.room;
        trial.finding.n = n;
        put_into_words(*trial.check, measure, goal, trial.finding);
        if (judgement.undefined > 0 && trial.finding.status == Status::fail)
            trial.finding.distance = n == 1 ? "undefined" : "undefined at times";
        if (trial.decided) continue;
        open.push_back(&*trial.check->measure);
        open.push_back(&*trial.check->goal);
    }
    return open;
}

void Checker::experiments() {
    for (Trial& trial : trials_) {
        if (!trial.check->experiment || !trial.runs) continue;
        run_experiment(*trial.check->experiment, stage_, bench_, options_.seed, options_.jobs, trial.finding,
                       out_.trouble);
        if (!out_.trouble.text.empty()) return;
    }
}

void Checker::say(const std::vector<Message>& messages, Finding& finding) const {
    if (finding.status != Status::fail) return;
    for (const Message& m : messages) {
        if (m.when && !bench_.value_of_means(*m.when).holds()) continue;
        finding.message_id = finding.id + "." + m.id;
        finding.message = m.say;
        return;
    }
}

bool near_enough(const Question& question, double answer, double right) {
    if (!question.within) return std::abs(answer - right) <= 1e-9 * std::max(1.0, std::abs(right));
    const double width = question.within->relative ? std::abs(right) * question.within->value : question.within->value;
    return std::abs(answer - right) <= width * (1 + 1e-9);
}

void Checker::judge_question(const Question& question, const Tables& tables) {
    Finding f;
    f.id = question.id;
    f.text = question.text;
    f.unit = question.unit;
    f.task = question.task;
    f.question = true;
    const auto given = work_.answers.find(question.id);
    if (given != work_.answers.end()) {
        const Value& answer = given->second;
        f.yours = answer.text ? *answer.text : amount_text(*answer.number, question.unit);
        f.measured = answer.number;
        bool right = false;
        if (question.answer_text) right = answer.text == question.answer_text;
        if (question.answer) {
            const Value expected = bench_.value_of_means(*question.answer);
            f.target = expected.number;
            right = answer.number && expected.number && near_enough(question, *answer.number, *expected.number);
        }
        if (question.fact)
            for (const std::string& value : fact_values(*question.fact, tables)) {
                if (f.right.empty()) f.right = value;
                const auto number = read_quantity(value);
                right = right || (answer.text ? *answer.text == value
                                              : number && near_enough(question, *answer.number, *number));
            }
        f.status = right ? Status::pass : Status::fail;
        f.n = 1;
        say(question.messages, f);
    }
    out_.findings.push_back(std::move(f));
}

void Checker::judge_questions() {
    Tables tables;
    const bool reads = std::any_of(lesson_.questions.begin(), lesson_.questions.end(),
                                   [&](const Question& q) { return q.fact && work_.answers.count(q.id) > 0; });
    if (reads) {
        const Staged* staged = stage_.get("learner");
        if (!staged) return;
        tables = practice_tables(staged->scenario, options_.practice_seed, options_.scratch, out_.trouble);
        if (!out_.trouble.text.empty()) return;
    }
    for (const Question& q : lesson_.questions)
        if (q.judged()) judge_question(q, tables);
}

void Checker::conclude() {
    for (Trial& trial : trials_) {
        if (!trial.runs) trial.finding.status = Status::open;
        if (trial.finding.hidden) hide_goal(trial.finding);
        say(trial.check->messages, trial.finding);
        out_.findings.push_back(std::move(trial.finding));
    }
    const auto any = [&](Status status) {
        return std::any_of(out_.findings.begin(), out_.findings.end(),
                           [&](const Finding& f) { return f.judged && f.status == status; });
    };
    out_.status = any(Status::error)       ? Status::error
                  : any(Status::fail)      ? Status::fail
                  : any(Status::open)      ? Status::open
                  : any(Status::too_close) ? Status::too_close
                                           : Status::pass;
    const bool unjudged =
        std::any_of(out_.findings.begin(), out_.findings.end(), [](const Finding& f) { return !f.judged; });
    // What is not judged yet keeps the lesson open: there is a second look to come.
    if (unjudged && out_.status == Status::pass) out_.status = Status::open;
    out_.overloaded = bench_.overloaded();
}

bool Checker::give_up() {
    out_.problems = stage_.problems();
    if (out_.trouble.text.empty()) out_.trouble = bench_.problem();
    out_.interrupted = bench_.interrupted();
    return !out_.problems.empty() || !out_.trouble.text.empty() || out_.interrupted;
}

CheckOutcome Checker::run() {
    out_.missing = work_.unanswered(lesson_, true);
    if (!out_.missing.empty()) {
        out_.status = Status::open;
        return out_;
    }
    if (stage_.get("learner")) out_.mine = stage_.file();
    if (give_up()) return out_;
    prepare();
    if (give_up()) return out_;
    bench_.run([&] { return look(); });
    if (give_up()) return out_;
    experiments();
    if (give_up()) return out_;
    judge_questions();
    if (give_up()) return out_;
    conclude();
    return out_;
}

}  // namespace

CheckOutcome check_work(const Lesson& lesson, const Work& work, const CheckOptions& options) {
    return Checker(lesson, work, options).run();
}

std::uint64_t check_seed(const std::string& lesson, const std::string& what) {
    return hash("gatesim lesson " + lesson + " " + what) >> 1;
}

std::string judging_luck(int number) {
    return "check " + std::to_string(number);
}

std::string judging_luck(const std::string& learner) {
    return judging_luck(1 + static_cast<int>(hash("judged " + learner) % kJudgingLucks));
}

std::uint64_t practice_seed(const Lesson& lesson, const std::string& learner) {
    return 1 + hash("learner " + learner) % lesson.variants;
}

}  // namespace gatesim::learn
