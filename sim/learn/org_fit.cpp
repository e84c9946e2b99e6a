#include "learn/org_fit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "learn/stage.hpp"
#include "learn/texts.hpp"
#include "scenario/field.hpp"
#include "scenario/read_json.hpp"

namespace gatesim::learn {

namespace {

void collect(const Node& node, const std::string& pointer, document::Position at, std::vector<OrgKey>& out) {
    if (!is_leaf(node)) {
        for (const Member& m : node.members) collect(m.value, document::below(pointer, m.key), m.at, out);
        return;
    }
    out.push_back({pointer, one_line(node), set_text(pointer, node), at});
}

/// Whether one stands at the other or above it.
bool touch(const std::string& a, const std::string& b) {
    const std::string& shorter = a.size() < b.size() ? a : b;
    const std::string& longer = a.size() < b.size() ? b : a;
    return longer.starts_with(shorter) && (longer.size() == shorter.size() || longer[shorter.size()] == '/');
}

bool touches_set(const std::vector<std::string>& sets, const std::string& pointer) {
    return std::any_of(sets.begin(), sets.end(),
                       [&](const std::string& set) { return touch(set.substr(0, set.find('=')), pointer); });
}

bool learners_turn(const Lesson& lesson, const std::string& pointer) {
    for (const Edit& edit : lesson.edits)
        if (touch(edit.pointer, pointer)) return true;
    for (const Lever& lever : lesson.levers) {
        for (const Lever::Turn& turn : lever.turns)
            if (touch(turn.pointer, pointer)) return true;
        for (const auto& [value, patch] : lever.choices)
            if (touches_set(patch_sets(patch), pointer)) return true;
    }
    return false;
}

bool has_key(const Node& node, const std::string& key) {
    return std::any_of(node.members.begin(), node.members.end(),
                       [&](const Member& m) { return m.key == key || has_key(m.value, key); });
}

/// What the lesson's scenario has no place for; empty if it has one.
std::string foreign(const Node& scenario, const std::string& pointer) {
    const auto tokens = document::split_pointer(pointer).value_or(std::vector<std::string>{});
    if (tokens.size() > 1)
        for (const char* named : {"jobs", "pools", "projects", "pipelines", "queues"}) {
            const Node* there = scenario.find(named);
            if (tokens[0] == named && !(there && there->find(tokens[1])))
                return fmt::format("it has no {} in /{}", tokens[1], named);
        }
    if (tokens.size() > 1 && tokens[0] == "failures") {
        const Node* failures = scenario.find("failures");
        if (!failures || !failures->find(tokens[1])) return fmt::format("its story has no {}", tokens[1]);
    }
    if (!tokens.empty() && tokens.back() == "flake" && !has_key(scenario, "flake"))
        return "nothing is flaky in its story";
    return "";
}

/// What loading says with these sets; empty if it works.
std::string refused(const Lesson& lesson, const std::vector<std::string>& sets) {
    const Work none;
    Stage stage(lesson, none, sets);
    if (stage.bare({})) return "";
    return stage.problems().empty() ? "it cannot be loaded with it" : stage.problems().front().what;
}

class Fitter {
public:
    Fitter(const std::string& folder, const Lesson& lesson, const AuthorOptions& options)
        : folder_(folder), lesson_(lesson), options_(options) {
        const document::Sources sources{{"scenario.json", ""}};
        document::Errors ignored(sources);
        auto read = document::read_json(read_text(lesson.path("scenario.json")).value_or(""), 0, ignored);
        if (read) scenario_ = std::move(*read);
    }

    OrgFit fit(const std::vector<OrgKey>& keys) {
        for (const OrgKey& key : keys) {
            const std::string why = owned(key);
            if (why.empty())
                out_.applied.push_back(key);
            else
                out_.kept.emplace_back(key, why);
        }
        std::string why = out_.applied.empty() ? "" : trouble(out_.sets());
        if (why.empty() || out_.interrupted) return out_;
        const std::vector<OrgKey> candidates = std::move(out_.applied);
        out_.applied.clear();
        for (const OrgKey& key : candidates) {
            std::vector<std::string> sets = out_.sets();
            sets.push_back(key.set);
            if (candidates.size() > 1) why = trouble(sets);
            if (out_.interrupted) return out_;
            if (why.empty()) {
                out_.applied.push_back(key);
                continue;
            }
            (why.starts_with("too easy") ? out_.too_easy
             : why.starts_with("untrue") ? out_.untrue
                                         : out_.too_hard) = true;
            out_.kept.emplace_back(key, why);
        }
        return out_;
    }

private:
    std::string owned(const OrgKey& key) const {
        if (learners_turn(lesson_, key.pointer)) return "learners turn it themselves";
        if (std::string why = foreign(scenario_, key.pointer); !why.empty()) return why;
        return refused(lesson_, {key.set});
    }

    /// Why the lesson does not work with these; empty if it does.
    std::string trouble(const std::vector<std::string>& sets) {
        if (const std::string why = refused(lesson_, sets); !why.empty()) return why;
        AuthorOptions options = options_;
        options.overlay = sets;
        options.solvable_only = options.claims = true;
        options.clock = nullptr;
        const LessonReport report = test_lesson(folder_, options);
        out_.interrupted = report.interrupted;
        for (const Exhibit& e : report.exhibits) {
            if (e.fine) continue;
            const std::string first = e.trouble.substr(0, e.trouble.find('\n'));
            if (e.what.find("claims of the texts") != std::string::npos) return "untrue: " + first;
            if (e.what.find("figures agree") != std::string::npos)
                return "too hard: its figures cannot be measured (" + first + ")";
            if (e.what.find("wrong answers") != std::string::npos)
                return "too easy: a wrong answer passes (" + first + ")";
            return e.what == "the starter fails" ? "too easy: what is handed out passes"
                                                 : "too hard: the solution does not pass (" + first + ")";
        }
        return "";
    }

    const std::string& folder_;
    const Lesson& lesson_;
    const AuthorOptions& options_;
    Node scenario_;
    OrgFit out_;
};

}  // namespace

std::vector<OrgKey> org_keys(const Node& org) {
    std::vector<OrgKey> out;
    for (const Member& m : org.members) collect(m.value, document::below("", m.key), m.at, out);
    return out;
}

std::vector<std::string> OrgFit::sets() const {
    std::vector<std::string> out;
    for (const OrgKey& key : applied) out.push_back(key.set);
    return out;
}

OrgFit fit_org(const std::string& folder, const std::vector<OrgKey>& keys, const AuthorOptions& options) {
    std::vector<Diagnostic> problems;
    const auto lesson = read_lesson(folder, problems);
    if (lesson) return Fitter(folder, *lesson, options).fit(keys);
    OrgFit out;
    for (const OrgKey& key : keys) out.kept.emplace_back(key, "the lesson itself is not in order");
    return out;
}

}  // namespace gatesim::learn
