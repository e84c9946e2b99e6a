#include "command/arms.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "scenario/errors.hpp"
#include "scenario/meant.hpp"
#include "strategy/registry.hpp"
#include "study/comparison.hpp"
#include "study/range.hpp"

namespace gatesim {

namespace {

std::string did_you_mean(const std::string& word, const std::vector<std::string>& names) {
    return document::did_you_mean(document::meant(word, names));
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
    std::vector<std::string> out;
    std::size_t from = 0;
    for (std::size_t to; (to = text.find(separator, from)) != std::string::npos; from = to + separator.size())
        out.push_back(text.substr(from, to - from));
    out.push_back(text.substr(from));
    return out;
}

/// Values of an axis: at commas, but not inside "…", […] or {…}.
std::vector<std::string> split_values(const std::string& text) {
    std::vector<std::string> out(1);
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && (i == 0 || text[i - 1] != '\\')) quoted = !quoted;
        if (!quoted && (c == '[' || c == '{')) ++depth;
        if (!quoted && (c == ']' || c == '}')) --depth;
        if (c == ',' && depth <= 0 && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

/// A label is printed, written into tables and used as a key.
std::string fault_of_label(const std::string& label) {
    if (label.empty()) return "has no label";
    const bool strange =
        std::any_of(label.begin(), label.end(), [](unsigned char c) { return c < ' ' || c == ',' || c == 127; });
    return strange || label.size() > 60 ? "has a label with a comma or control character, or longer than 60 bytes" : "";
}

bool is_set(const std::string& text) {
    return text.size() > 1 && text[0] == '/' && text.find('=') != std::string::npos;
}

/// A strategy by name means that strategy with its defaults, as --strategy does.
std::string as_set(const std::string& pointer, const std::string& value) {
    const bool name = pointer == "/strategy" && !value.empty() && value[0] != '{';
    return pointer + "=" + (name ? fmt::format("{{\"name\": {}}}", document::json_string(value)) : value);
}

/// Labels are keys: no two arms share one.
std::string fault_of_labels(const std::vector<std::string>& labels) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (std::find(labels.begin(), labels.begin() + static_cast<std::ptrdiff_t>(i), labels[i]) !=
            labels.begin() + static_cast<std::ptrdiff_t>(i))
            return fmt::format("two arms are called {}", document::quote(labels[i]));
    }
    return "";
}

struct Wanted {
    std::string label, file;
    std::vector<TypedSet> sets;
};

std::vector<TypedSet> typed_at(const std::string& option, const std::vector<std::string>& sets) {
    std::vector<TypedSet> out;
    for (const std::string& set : sets) out.push_back({option, set});
    return out;
}

/// What to load, in order; `problem` says what is wrong.
std::vector<Wanted> wanted_arms(const Arguments& arguments, std::string& problem) {
    std::vector<Wanted> out;
    for (const std::string& name : named_strategies(arguments)) {
        if (const std::string fault = fault_of_strategy(name); problem.empty() && !fault.empty())
            problem = "--strategies: " + fault;
        out.push_back({name, "", typed_at("--strategies", {as_set("/strategy", name)})});
    }
    const bool base = out.size() < 2 && out.size() + arguments.all("variant").size() < 2;
    if (out.empty() || base) out.insert(out.begin(), {"", "", {}});
    for (const std::string& text : arguments.all("variant")) {
        std::string fault;
        const auto variant = read_variant(text, fault);
        if (variant) out.push_back({variant->label, variant->file, typed_at("--variant", variant->sets)});
        if (!variant && problem.empty()) problem = fault;
    }
    return out;
}

}  // namespace

std::optional<VariantText> read_variant(const std::string& text, std::string& problem) {
    const std::size_t at = text.find_first_of(":=");
    const auto fail = [&](const std::string& what) {
        problem = fmt::format("--variant {} {}; it is LABEL=FILE or LABEL:/pointer=value", document::quote(text), what);
        return std::nullopt;
    };
    VariantText out;
    out.label = text.substr(0, at);
    if (const std::string fault = fault_of_label(out.label); !fault.empty()) return fail(fault);
    if (at == std::string::npos || at + 1 == text.size()) return fail("says nothing after its label");
    if (text[at] == '=') {
        out.file = text.substr(at + 1);
        return out;
    }
    std::string sets = text.substr(at + 1);
    for (std::size_t i; (i = sets.find(";/")) != std::string::npos; sets = sets.substr(i + 1))
        out.sets.push_back(sets.substr(0, i));
    out.sets.push_back(sets);
    for (std::string& set : out.sets) {
        if (!is_set(set)) return fail(fmt::format("has {}, which is not /pointer=value", document::quote(set)));
        const std::size_t equals = set.find('=');
        set = as_set(set.substr(0, equals), set.substr(equals + 1));
    }
    return out;
}

std::optional<Axis> read_axis(const std::string& text, std::string& problem) {
    const std::size_t equals = text.find('=');
    if (!is_set(text) || equals + 1 == text.size()) {
        problem = fmt::format("--over {} is not /pointer=value,value,… or /pointer=from..to", document::quote(text));
        return std::nullopt;
    }
    Axis out{text.substr(0, equals), "", {}};
    for (const std::string& typed : split_values(text.substr(equals + 1))) {
        std::string fault;
        const auto values = expand_range(typed, fault);
        if (!values) {
            problem = fmt::format("--over {}: {}", out.pointer, fault);
            return std::nullopt;
        }
        out.values.insert(out.values.end(), values->begin(), values->end());
    }
    out.name = out.pointer.substr(out.pointer.rfind('/') + 1);
    for (const std::string& value : out.values) {
        if (value.empty()) problem = fmt::format("--over {} has an empty value", document::quote(text));
        if (std::count(out.values.begin(), out.values.end(), value) > 1)
            problem = fmt::format("--over {} has {} twice", out.pointer, document::quote(value));
        if (out.pointer == "/strategy" && problem.empty())
            if (const std::string fault = fault_of_strategy(value); !fault.empty()) problem = "--over: " + fault;
        if (!problem.empty()) return std::nullopt;
    }
    return out;
}

std::vector<std::string> named_strategies(const Arguments& arguments) {
    std::vector<std::string> out;
    for (const std::string& list : arguments.all("strategies"))
        for (std::string& name : split(list, ",")) out.push_back(std::move(name));
    return out;
}

std::optional<Arm> load_arm(const std::string& label, const std::string& path, const std::vector<TypedSet>& own,
                            const Arguments& arguments, int& exit_code) {
    // What holds for all arms comes first, so that an arm's own values win.
    std::vector<TypedSet> sets;
    for (const std::string& set : arguments.all("set")) sets.push_back({"--set", set});
    sets.insert(sets.end(), own.begin(), own.end());
    auto scenario = load_with_sets(path, sets, exit_code);
    if (!scenario) {
        print_err(fmt::format("  in the arm {}\n", document::quote(label)));
        return std::nullopt;
    }
    return Arm{label, std::move(*scenario)};
}

std::optional<std::vector<Arm>> load_arms(const Arguments& arguments, int& exit_code) {
    std::string problem;
    std::vector<Wanted> wanted = wanted_arms(arguments, problem);
    if (problem.empty() && wanted.size() < 2)
        problem = "there is nothing to compare: name --strategies A,B, or a --variant";
    if (!problem.empty()) {
        exit_code = usage_error("compare", problem);
        return std::nullopt;
    }
    std::vector<Arm> out;
    std::vector<std::string> labels;
    for (Wanted& w : wanted) {
        auto arm = load_arm(w.label.empty() ? "scenario" : w.label, w.file.empty() ? arguments.positional(0) : w.file,
                            w.sets, arguments, exit_code);
        if (!arm) return std::nullopt;
        if (w.label.empty()) arm->label = strategy_of(arm->scenario);
        labels.push_back(arm->label);
        out.push_back(std::move(*arm));
    }
    if (out.front().label == out[1].label && wanted.front().label.empty())
        out.front().label = labels.front() = "scenario";  // its own strategy, with other parameters
    problem = fault_of_labels(labels);
    if (!problem.empty()) {
        exit_code = usage_error("compare", problem);
        return std::nullopt;
    }
    return out;
}

std::optional<std::vector<Arm>> load_cells(const Arguments& arguments, const std::vector<Axis>& axes, int& exit_code) {
    std::vector<Arm> out;
    const std::size_t rows = axes.front().values.size();
    const std::size_t columns = axes.size() > 1 ? axes[1].values.size() : 1;
    for (std::size_t cell = 0; cell < rows * columns; ++cell) {
        std::string label;
        std::vector<std::pair<std::string, std::string>> sets;
        for (std::size_t a = 0; a < axes.size(); ++a) {
            const std::string& value = axes[a].values[a == 0 ? cell / columns : cell % columns];
            label += fmt::format("{}{}={}", label.empty() ? "" : " ", axes[a].name, value);
            sets.emplace_back(axes[a].pointer, as_set(axes[a].pointer, value));
        }
        // A pointer into what another one replaces comes after it.
        std::stable_sort(sets.begin(), sets.end(),
                         [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
        std::vector<TypedSet> texts;
        for (const auto& set : sets) texts.push_back({"--over", set.second});
        auto arm = load_arm(label, arguments.positional(0), texts, arguments, exit_code);
        if (!arm) return std::nullopt;
        out.push_back(std::move(*arm));
    }
    return out;
}

std::optional<std::size_t> read_metric(const std::string& name, std::string& problem) {
    const auto found = find_metric(name);
    if (found) return found;
    // A family stands for all its statistics; which one is meant has to be said.
    const auto family =
        std::find_if(metrics().begin(), metrics().end(), [&](const Metric& m) { return m.family == name; });
    std::string hint = family != metrics().end() ? fmt::format("; it has .mean .p50 .p90 .p95 .p99: {}.p95", name)
                                                 : did_you_mean(name, metric_names());
    // "throughput" is not a name, but what landed_per_day is about.
    for (const Metric& m : metrics())
        if (hint.empty() && name.size() > 3 && m.brief.find(name) != std::string::npos)
            hint = document::did_you_mean(m.name);
    problem = fmt::format("no metric {}{}; see: {} list metrics", document::quote(name), hint, called_as());
    return std::nullopt;
}

}  // namespace gatesim
