#include "command/parameter_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "command/command.hpp"
#include "command/terminal.hpp"
#include "record/narrator.hpp"
#include "scenario/errors.hpp"
#include "scenario/parameter_text.hpp"
#include "scenario/product_words.hpp"
#include "scenario/units.hpp"
#include "scenario/words.hpp"
#include "strategy/registry.hpp"

namespace gatesim {

namespace {

std::string range_text(const Parameter& p) {
    if (!p.choices.empty()) return "one of " + document::listing(p.choices);
    if (p.kind == ParameterKind::flag) return "true or false";
    if (p.kind == ParameterKind::text) return "a text";
    const auto end = [&](double v) {
        if (p.kind == ParameterKind::time) return units::print_time(static_cast<Time>(v));
        return p.kind == ParameterKind::share ? document::print_number(v * 100) + "%" : document::print_number(v);
    };
    return p.high >= 1e17 ? fmt::format("from {}", end(p.low)) : fmt::format("{} to {}", end(p.low), end(p.high));
}

std::string line(const std::string& name, const std::string& what) {
    const std::string head = name.size() < 22 ? fmt::format("  {:<22}", name) : "  " + name + "  ";
    return head + wrap(what, 80, 24, std::max<std::size_t>(24, head.size())) + "\n";
}

/// A product's word and the strategy that it belongs to.
struct Use {
    const StrategyDescription* strategy;
    ProductWord word;
};

std::vector<Use> uses_of(const std::vector<StrategyDescription>& all, const std::string& word) {
    std::vector<Use> out;
    for (const StrategyDescription& d : all)
        for (const ProductWord& w : product_words(d.name))
            if (same_word(w.word, word)) out.push_back({&d, w});
    return out;
}

std::string meaning(const Use& use) {
    const std::string& parameter = use.word.parameter;
    std::string out = parameter.empty() ? use.strategy->name : parameter + " of " + use.strategy->name;
    if (!use.word.note.empty()) out += " (" + use.word.note + ")";
    return out;
}

const Parameter* parameter_of(const Use& use) {
    for (const Parameter& p : use.strategy->parameters)
        if (p.name == use.word.parameter) return &p;
    return nullptr;
}

std::string page_of_word(const std::vector<Use>& uses, const std::string& word) {
    std::string out = styled(word, Style::strong) + "  (a product's word)\n";
    for (const Use& use : uses) {
        out += fmt::format("\n{}: {} is {}.\n", use.word.product, use.word.word, meaning(use));
        if (const Parameter* p = parameter_of(use)) {
            out += parameter_text(*use.strategy, *p);
            out += fmt::format("In a scenario: \"strategy\": {{\"name\": \"{}\", \"{}\": ...}}\n", use.strategy->name,
                               p->name);
        } else {
            out += "  " + wrap(use.strategy->summary, 80, 2, 2) + "\n";
        }
    }
    return out + fmt::format("\n{} describe {} tells more.\n", called_as(), uses.front().strategy->name);
}

/// Strategies explain the same name in the same words, or each in its own.
std::string page_of_parameter(const std::vector<StrategyDescription>& all, const std::string& name) {
    std::map<std::string, std::vector<std::string>> by_help;
    for (const StrategyDescription& d : all)
        for (const Parameter& p : d.parameters)
            if (p.name == name && d.preset_of.empty()) by_help[p.help].push_back(d.name);
    if (by_help.empty()) return "";
    std::string out = styled(name, Style::strong) + "  (parameter, /strategy/" + name + ")\n";
    for (const auto& [help, strategies] : by_help)
        out += fmt::format("\nOf {}\n  {}\n", wrap(document::listing(strategies), 80, 3, 3), wrap(help, 80, 2, 2));
    return out;
}

}  // namespace

std::string parameter_text(const StrategyDescription& strategy, const Parameter& parameter) {
    const ParameterValue* value = &parameter.value;
    for (const auto& [preset, v] : strategy.preset_values)
        if (preset == parameter.name) value = &v;
    std::string out = fmt::format("  {} = {}  ({})\n", styled(parameter.name, Style::strong),
                                  value_text(parameter, *value), range_text(parameter));
    out += "      " + wrap(parameter.help, 80, 6, 6) + "\n";
    if (!parameter.tries.empty()) {
        std::vector<std::string> tried;
        for (const ParameterValue& one : parameter.tries) tried.push_back(value_text(parameter, one));
        out += "      " + wrap("compare --tune tries " + document::listing(tried) + ".", 80, 6, 6) + "\n";
    }
    std::map<std::string, std::vector<std::string>> theirs;  // by product
    for (const std::string& name : {strategy.name, strategy.preset_of})
        for (const ProductWord& w : product_words(name))
            if (w.parameter == parameter.name) theirs[w.product].push_back(w.word);
    for (const auto& [product, words] : theirs)
        out += "      " + wrap(fmt::format("{}: {}", product, document::listing(words)), 80, 6, 6) + "\n";
    return out;
}

std::string parameter_page(const std::string& word) {
    const std::vector<StrategyDescription> all = strategy_descriptions();
    if (const std::vector<Use> uses = uses_of(all, word); !uses.empty()) return page_of_word(uses, word);
    return page_of_parameter(all, word);
}

std::string parameter_list() {
    const std::vector<StrategyDescription> all = strategy_descriptions();
    std::map<std::string, std::vector<std::string>> owners;
    std::map<std::string, std::set<std::string>> theirs;
    for (const StrategyDescription& d : all) {
        for (const Parameter& p : d.parameters)
            if (d.preset_of.empty()) owners[p.name].push_back(d.name);
        for (const ProductWord& w : product_words(d.name))
            if (!w.parameter.empty()) theirs[w.parameter].insert(w.word);
    }
    std::string out = styled("Parameters", Style::strong) + " of strategies (/strategy/NAME), with products' words\n";
    for (const auto& [name, strategies] : owners) {
        std::string what = document::listing(strategies);
        for (const std::string& word : theirs[name]) what += (word == *theirs[name].begin() ? "; " : ", ") + word;
        out += line(name, what);
    }
    return out;
}

std::string word_lines(const std::string& word) {
    const std::vector<StrategyDescription> all = strategy_descriptions();
    std::string out;
    for (const Use& use : uses_of(all, word)) out += line(use.word.product, use.word.word + ": " + meaning(use));
    return out.empty() ? "" : styled("Products' words", Style::strong) + "\n" + out;
}

}  // namespace gatesim
