// Names in expressions: each must mean something, and a misspelt one is told the nearest right one.

#include <fmt/format.h>

#include <algorithm>

#include "learn/lesson_parts.hpp"
#include "measure/metric.hpp"
#include "scenario/meant.hpp"

namespace gatesim::learn {

namespace {

class NameCheck {
public:
    NameCheck(Reader& reader, const View& root, const Lesson& lesson) : reader_(reader), root_(root), lesson_(lesson) {}

    void expression(const std::optional<Expression>& expression, const std::string& where) {
        if (!expression) return;
        for (const std::string& name : expression->names())
            if (!known(name)) complain(name, where);
    }
    void messages(const std::vector<Message>& messages, const std::string& where) {
        for (const Message& m : messages) expression(m.when, where + "/messages/" + m.id);
    }
    void the_case(const std::string& id, const std::string& where) {
        if (!id.empty() && !lesson_.find_case(id)) complain(id, where);
    }
    void fact(const std::string& id, const std::string& where) {
        const Question* question = lesson_.find_question(id);
        if (!question || !question->fact)
            reader_.complain({root_.node, where}, fmt::format("{} is not a question about the practice run", id));
    }
    void lever(const Lever& lever) {
        for (const Lever::Turn& turn : lever.turns)
            for (const std::string& name : turn.value.names())
                if (name != "x" && !lesson_.find_alias(name)) complain(name, "/levers/" + lever.id);
    }

    /// Claims may name figures, too: golden.ID, golden.ID@VALUE.
    void claim(const Claim& claim) {
        const std::string where = "/claims/" + claim.id;
        for (const std::string& name : claim.so->names()) {
            if (name.starts_with("golden.") && claim.each)
                reader_.complain({root_.node, where},
                                 fmt::format("{} has no value by replication; leave out \"each\"", name));
            if (!name.starts_with("golden.") && !known(name)) complain(name, where);
            const std::string id = name.starts_with("golden.") ? name.substr(7, name.find('@') - 7) : "";
            const bool there =
                std::any_of(lesson_.golden.begin(), lesson_.golden.end(), [&](const Golden& g) { return g.id == id; });
            if (!id.empty() && !there)
                reader_.complain({root_.node, where}, fmt::format("there is no figure \"{}\"", id));
        }
    }

private:
    bool known(const std::string& name) const {
        if (lesson_.find_alias(name)) return true;
        if (name.starts_with("answer.")) return lesson_.find_question(name.substr(7));
        if (name.starts_with("lever.")) return lesson_.find_lever(name.substr(6));
        if (name.starts_with("best.")) {
            std::string id = name.substr(5);
            if (id.ends_with(".at")) id.resize(id.size() - 3);
            return lesson_.find_best(id);
        }
        const auto metric = case_metric(name);
        return metric && lesson_.find_case(metric->base);
    }

    std::vector<std::string> candidates() const {
        std::vector<std::string> out = metric_names();
        for (const Alias& a : lesson_.aliases) out.push_back(a.name);
        for (const Question& q : lesson_.questions) out.push_back("answer." + q.id);
        for (const Lever& l : lesson_.levers) out.push_back("lever." + l.id);
        for (const Best& b : lesson_.bests) out.push_back("best." + b.id);
        for (const Case& c : lesson_.cases) {
            out.push_back(c.id);
            for (const std::string& metric : metric_names()) out.push_back(c.id + ":" + metric);
        }
        return out;
    }

    void complain(const std::string& name, const std::string& where) {
        const std::string near = document::nearest(name, candidates());
        reader_.complain({root_.node, where}, fmt::format("nothing is called {}{}", name, document::did_you_mean(near)),
                         "a metric, CASE:metric, answer.ID, lever.ID, best.ID, or a name of \"where\"");
    }

    Reader& reader_;
    const View& root_;
    const Lesson& lesson_;
};

}  // namespace

void check_names(Reader& reader, const View& root, const Lesson& lesson) {
    NameCheck names(reader, root, lesson);
    for (const Alias& a : lesson.aliases) names.the_case(a.base, "/where/" + a.name);
    for (const Lever& l : lesson.levers) names.lever(l);
    for (const Question& q : lesson.questions) {
        names.expression(q.answer, "/questions/" + q.id);
        names.messages(q.messages, "/questions/" + q.id);
    }
    for (const Best& b : lesson.bests) {
        names.the_case(b.base, "/best/" + b.id);
        names.expression(b.goal, "/best/" + b.id);
        for (const Expression& keep : b.keep) names.expression(keep, "/best/" + b.id + "/keep");
    }
    for (const Check& c : lesson.checks) {
        const std::string where = "/checks/" + c.id;
        names.expression(c.measure, where);
        names.expression(c.goal, where);
        names.messages(c.messages, where);
        if (!c.experiment) continue;
        names.the_case(c.experiment->first, where);
        names.the_case(c.experiment->second, where);
        for (const auto& e : {c.experiment->pairs, c.experiment->same_luck, c.experiment->warmup})
            names.expression(e, where);
    }
    for (const Golden& g : lesson.golden) {
        names.expression(g.measure, "/golden/" + g.id);
        names.expression(g.against, "/golden/" + g.id);
        if (!g.question.empty()) names.fact(g.question, "/golden/" + g.id);
    }
    for (const Claim& c : lesson.claims)
        if (c.so) names.claim(c);
}

}  // namespace gatesim::learn
