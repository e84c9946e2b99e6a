#include "logs/style_document.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/errors.hpp"
#include "scenario/read_json.hpp"
#include "scenario/source.hpp"
#include "scenario/units.hpp"

namespace gatesim::logs {

namespace {

using document::Errors;
using document::Node;
using document::View;

constexpr const char* kSee = "log-style";
constexpr std::size_t kLargest = std::size_t{4} << 20;

class StyleReader {
public:
    StyleReader(Errors& errors, Style& out) : errors_(errors), out_(out) {}

    void read(const View& root) {
        if (!is_object(root)) return;
        keys(root, style_keys());
        text(root, "name", out_.name, nullptr);
        texts(root, "layers", out_.layers, 2, nullptr);
        if (root.find("line")) out_.first_line.clear();  // it belonged to the usual line
        text(root, "line", out_.line, &line_gaps());
        text(root, "first_line", out_.first_line, &line_gaps());
        text(root, "heading", out_.heading, &line_gaps());
        text(root, "time", out_.time, nullptr);
        if (const auto levels = object(root, "levels", {"debug", "info", "warning", "error"}))
            for (std::size_t i = 0; i < out_.levels.size(); ++i) {
                static constexpr const char* kNames[] = {"debug", "info", "warning", "error"};
                text(*levels, kNames[i], out_.levels[i], nullptr);
            }
        words(root);
        noise(root);
        texts(root, "trace", out_.trace, 0, &text_gaps_with_text());
        author(root);
        texts(root, "failed", out_.failed, 0, &text_gaps());
        planted(root);
        together(root);
    }

private:
    static const std::vector<std::string>& text_gaps_with_text() {
        static const std::vector<std::string> gaps = [] {
            auto all = text_gaps();
            all.push_back("text");
            return all;
        }();
        return gaps;
    }

    void wrong(const View& view, const std::string& what, const std::string& allowed, const std::string& meant = "") {
        errors_.add(view, what, meant, allowed, kSee);
    }

    bool is_object(const View& view) {
        if (view.node->kind == Node::Kind::object) return true;
        wrong(view, "is no object", "an object {…}");
        return false;
    }

    void keys(const View& view, const std::vector<StyleKey>& known) {
        std::vector<std::string> names;
        for (const StyleKey& key : known) names.emplace_back(key.name);
        only(view, names);
    }

    void only(const View& view, const std::vector<std::string>& names) {
        for (const document::Member& member : view.node->members)
            if (member.key != "notes" && std::find(names.begin(), names.end(), member.key) == names.end())
                errors_.add(member.at, document::below(view.pointer, member.key), "unknown key",
                            document::nearest(member.key, names), "keys here: " + document::listing(names), kSee);
    }

    std::optional<View> object(const View& view, const char* key, const std::vector<std::string>& names) {
        const auto inner = view.find(key);
        if (!inner || !is_object(*inner)) return std::nullopt;
        only(*inner, names);
        return inner;
    }

    /// Complains of gaps that there are not: "{tme}". Other braces are text.
    void gaps(const View& view, const std::vector<std::string>* known) {
        const std::string& text = view.node->text;
        if (!known) return;
        for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
            std::size_t end = at + 1;
            while (end < text.size() && text[end] >= 'a' && text[end] <= 'z') ++end;
            if (end == at + 1 || end >= text.size() || text[end] != '}') continue;
            const std::string gap = text.substr(at + 1, end - at - 1);
            if (std::find(known->begin(), known->end(), gap) == known->end())
                wrong(view, fmt::format("there is no gap {{{}}}", gap), "gaps here: " + document::listing(*known),
                      document::nearest(gap, *known));
        }
    }

    void text(const View& view, const char* key, std::string& to, const std::vector<std::string>* known) {
        const auto inner = view.find(key);
        if (!inner) return;
        if (inner->node->kind != Node::Kind::text) return wrong(*inner, "is no text", "a text in quotes");
        gaps(*inner, known);
        to = inner->node->text;
    }

    std::optional<std::vector<std::string>> list(const View& view, std::size_t least,
                                                 const std::vector<std::string>* known) {
        std::vector<std::string> out;
        if (view.node->kind != Node::Kind::list) return wrong(view, "is no list", "a list of texts"), std::nullopt;
        for (std::size_t i = 0; i < view.node->members.size(); ++i) {
            const View one = view.child(i);
            if (one.node->kind != Node::Kind::text || one.node->text.empty()) {
                wrong(one, "is no text with something in it", "a text in quotes");
                continue;
            }
            gaps(one, known);
            out.push_back(one.node->text);
        }
        if (out.size() < least)
            return wrong(view, fmt::format("has {} of them", out.size()), fmt::format("{} or more", least)),
                   std::nullopt;
        return out;
    }

    void texts(const View& view, const char* key, std::vector<std::string>& to, std::size_t least,
               const std::vector<std::string>* known) {
        if (const auto inner = view.find(key))
            if (auto out = list(*inner, least, known)) to = std::move(*out);
    }

    void whole(const View& view, const char* key, int& to, int low, int high) {
        const auto inner = view.find(key);
        if (!inner) return;
        if (inner->node->kind != Node::Kind::number || !inner->node->is_whole() || inner->node->number < low ||
            inner->node->number > high)
            return wrong(*inner, "cannot be taken", fmt::format("a whole number from {} to {}", low, high));
        to = static_cast<int>(inner->node->number);
    }

    void words(const View& root) {
        const auto view = root.find("words");
        if (!view || !is_object(*view)) return;
        keys(*view, word_keys());
        texts(*view, "nouns", out_.nouns, 10, nullptr);
        texts(*view, "verbs", out_.verbs, 3, nullptr);
        texts(*view, "troubles", out_.troubles, 3, nullptr);
        texts(*view, "joints", out_.joints, 1, nullptr);
    }

    void noise(const View& root) {
        const auto view = root.find("noise");
        if (!view || !is_object(*view)) return;
        keys(*view, noise_keys());
        whole(*view, "kinds", out_.kinds, 0, 5000);
        whole(*view, "rare_kinds", out_.rare_kinds, 0, 20000);
        whole(*view, "repeat", out_.repeat, 1, 10000);
        whole(*view, "traces", out_.traces, 0, 1000);
        texts(*view, "lines", out_.noise, 0, &text_gaps());
        const auto errors = view->find("errors");
        if (!errors) return;
        const auto share = units::read_share(errors->node->text);
        if (errors->node->kind != Node::Kind::text || !share.value || *share.value > 1)
            wrong(*errors, "is no share", "a share: \"35%\"");
        else
            out_.errors = *share.value;
    }

    void author(const View& root) {
        const auto view = root.find("author");
        if (!view) return;
        if (view->node->kind != Node::Kind::list || view->node->members.empty())
            return wrong(*view, "is no list of lists", "[[\"a line\", …], …]");
        std::vector<std::vector<std::string>> out;
        for (std::size_t i = 0; i < view->node->members.size(); ++i)
            if (auto lines = list(view->child(i), 1, &text_gaps())) out.push_back(std::move(*lines));
        out_.author = std::move(out);
    }

    void planted(const View& root) {
        const auto view = root.find("planted");
        if (!view || !is_object(*view)) return;
        for (std::size_t i = 0; i < view->node->members.size(); ++i) {
            const View one = view->child(i);
            const std::string& name = view->node->members[i].key;
            if (name == "notes" || !is_object(one)) continue;
            only(one, {"layer", "lines"});
            PlantedText text_of_it;
            text(one, "layer", text_of_it.layer, nullptr);
            texts(one, "lines", text_of_it.lines, 1, &text_gaps());
            if (text_of_it.lines.empty() && !one.find("lines"))
                wrong(one, "says no lines", "\"lines\": [\"a line\", …]");
            const auto layer = one.find("layer");
            if (layer && std::find(out_.layers.begin(), out_.layers.end(), text_of_it.layer) == out_.layers.end())
                wrong(*layer, fmt::format("there is no layer {}", document::quote(text_of_it.layer)),
                      "layers: " + document::listing(out_.layers), document::nearest(text_of_it.layer, out_.layers));
            out_.planted[name] = std::move(text_of_it);
        }
    }

    void together(const View& root) {
        const auto at = [&](const char* key) { return root.find(key).value_or(root); };
        for (const char* key : {"line", "first_line"}) {
            const std::string& line = key == std::string("line") ? out_.line : out_.first_line;
            if (!line.empty() && line.find("{text}") == std::string::npos)
                wrong(at(key), "has no place for what is said", "a text with {text} in it");
        }
        if (out_.heading.empty() && out_.line.find("{layer}") == std::string::npos)
            wrong(at("line"), "does not say the layer, and there is no heading", "{layer} in line, or heading");
        if (!out_.heading.empty() && out_.heading.find("{layer}") == std::string::npos)
            wrong(at("heading"), "does not say the layer", "a text with {layer} in it");
        if (out_.trace.size() == 1 || out_.trace.size() == 2)
            wrong(at("trace"), "is too short", "a head, lines of frames and an end: three or more, or none");
        out_.quotes = out_.line.find("\"{text}\"") != std::string::npos;
    }

    Errors& errors_;
    Style& out_;
};

}  // namespace

std::optional<Style> style_of(std::string_view text, const std::string& name, Style base,
                              std::vector<Diagnostic>& diagnostics) {
    const document::Sources sources{{name, ""}};
    Errors errors(sources);
    const auto node = document::read_json(text, 0, errors);
    if (node) StyleReader(errors, base).read({&*node, ""});
    const bool wrong = errors.any();
    for (Diagnostic& one : errors.take()) diagnostics.push_back(std::move(one));
    if (!node || wrong) return std::nullopt;
    return base;
}

std::optional<Style> read_style(const std::string& path, std::vector<Diagnostic>& diagnostics) {
    const document::FileText file = document::read_file(path, kLargest);
    if (!file.problem.empty() || file.too_large) {
        Diagnostic one;
        one.file = path;
        one.what = file.too_large ? "a style of more than 4 MiB is none" : "cannot read it: " + file.problem;
        one.exit_code = 4;
        diagnostics.push_back(std::move(one));
        return std::nullopt;
    }
    return style_of(file.content, path, usual_style(), diagnostics);
}

}  // namespace gatesim::logs
