#include "command/log_style_page.hpp"

#include <fmt/format.h>

#include "command/terminal.hpp"
#include "logs/style.hpp"
#include "record/narrator.hpp"

namespace gatesim {

namespace {

using Json = nlohmann::ordered_json;
using logs::StyleKey;

std::string lines_of(const std::vector<StyleKey>& keys, std::size_t indent) {
    std::string out;
    const std::string blank(indent, ' ');
    for (const StyleKey& key : keys)
        out += fmt::format("{}{:<12}{}\n", blank, key.name, wrap(key.help, 80, indent + 12, indent + 12));
    return out;
}

Json keys_of(const std::vector<StyleKey>& keys);

Json texts() {
    return {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}};
}

Json value_of(const StyleKey& key) {
    switch (key.form) {
        case StyleKey::Form::text:
            return {{"type", "string"}};
        case StyleKey::Form::texts:
            return texts();
        case StyleKey::Form::whole:
            return {{"type", "integer"}, {"minimum", 0}, {"maximum", 20000}};
        case StyleKey::Form::share:
            return {{"type", "string"}, {"pattern", "%$"}};
        case StyleKey::Form::lists:
            return {{"type", "array"}, {"minItems", 1}, {"items", texts()}};
        case StyleKey::Form::words:
            return keys_of(logs::word_keys());
        case StyleKey::Form::noise:
            return keys_of(logs::noise_keys());
        case StyleKey::Form::levels: {
            Json out{{"type", "object"}, {"additionalProperties", false}};
            for (const char* level : {"debug", "info", "warning", "error"})
                out["properties"][level] = {{"type", "string"}};
            return out;
        }
        case StyleKey::Form::planted:
            break;
    }
    Json one{{"type", "object"}, {"required", {"lines"}}, {"additionalProperties", false}};
    one["properties"] = {{"layer", {{"type", "string"}}}, {"lines", texts()}};
    return {{"type", "object"}, {"additionalProperties", one}};
}

Json keys_of(const std::vector<StyleKey>& keys) {
    Json out{{"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
    for (const StyleKey& key : keys) {
        out["properties"][key.name] = value_of(key);
        out["properties"][key.name]["description"] = key.help;
    }
    out["properties"]["notes"] = Json::object();
    return out;
}

}  // namespace

std::string log_style_text(const std::string& name) {
    if (name != "log-style") return "";
    std::string out = styled("log-style", Style::strong) + "  (how run --logs writes build logs: a JSON file)\n\n";
    out +=
        wrap(
            "run --logs DIR --log-style FILE. Keys that the file does not state are as in the style that is built in. "
            "The "
            "same scenario, seed and style give the same bytes. Causes and what they strike come from the scenario; a "
            "style only says how that looks.",
            80, 0) +
        "\n\nKeys\n" + lines_of(logs::style_keys(), 2) + "\nIn words\n" + lines_of(logs::word_keys(), 2) +
        "\nIn noise\n" + lines_of(logs::noise_keys(), 2);
    out += "\nGaps of texts: ";
    std::string gaps;
    for (const std::string& gap : logs::text_gaps()) gaps += (gaps.empty() ? "{" : ", {") + gap + "}";
    out += wrap(gaps, 80, 2, 15) + "\nFor editors: gatesim schema log-style. The style that is built in:\n\n";
    return out + logs::usual_style_text() + "\n";
}

std::string log_style_schema() {
    Json out{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", "How gatesim writes build logs"}};
    out.update(keys_of(logs::style_keys()));
    return out.dump(2) + "\n";
}

}  // namespace gatesim
