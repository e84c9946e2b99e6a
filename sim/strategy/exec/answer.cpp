#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "model/nearest.hpp"
#include "strategy/exec/protocol.hpp"

namespace gatesim::exec {

namespace {

using Json = nlohmann::ordered_json;

std::string shortened(const std::string& line) {
    constexpr std::size_t kLongest = 300;
    return line.size() <= kLongest ? line : line.substr(0, kLongest) + "…";
}

/// Reads one object with known keys and remembers the first thing that is wrong with it.
class Reader {
public:
    Reader(const Json& object, std::string where, std::string& problem)
        : object_(object), where_(std::move(where)), problem_(problem) {
        if (!object.is_object()) wrong("is no object");
    }

    void wrong(const std::string& what) {
        if (problem_.empty()) problem_ = where_ + " " + what;
    }

    const Json* find(const std::string& key, bool needed) {
        if (!object_.is_object()) return nullptr;
        const auto at = object_.find(key);
        if (at != object_.end()) return &*at;
        if (needed) wrong("lacks \"" + key + "\"");
        return nullptr;
    }

    std::string text(const std::string& key) {
        const Json* value = find(key, true);
        if (value && !value->is_string()) wrong("has a \"" + key + "\" that is not a text");
        return value && value->is_string() ? value->get<std::string>() : "";
    }

    std::uint64_t number(const std::string& key, std::uint64_t otherwise, bool needed) {
        const Json* value = find(key, needed);
        if (!value) return otherwise;
        if (value->is_number_unsigned()) return value->get<std::uint64_t>();
        wrong("has a \"" + key + "\" that is not a whole number from 0");
        return otherwise;
    }

    ItemId id(const std::string& key, bool needed) {
        return static_cast<ItemId>(std::min<std::uint64_t>(number(key, kNone, needed), kNone));
    }

    std::vector<ItemId> ids(const std::string& key) {
        const Json* value = find(key, true);
        std::vector<ItemId> out;
        if (!value) return out;
        if (!value->is_array()) wrong("has a \"" + key + "\" that is not a list of items");
        for (const Json& one : *value) {
            if (!one.is_number_unsigned()) wrong("has a \"" + key + "\" with something that is not an item's id");
            if (one.is_number_unsigned())
                out.push_back(static_cast<ItemId>(std::min<std::uint64_t>(one.get<std::uint64_t>(), kNone)));
        }
        return out;
    }

    std::vector<std::string> texts(const std::string& key) {
        const Json* value = find(key, false);
        std::vector<std::string> out;
        if (!value) return out;
        if (!value->is_array()) wrong("has a \"" + key + "\" that is not a list of names");
        for (const Json& one : *value) {
            if (!one.is_string()) wrong("has a \"" + key + "\" with something that is not a name");
            if (one.is_string()) out.push_back(one.get<std::string>());
        }
        return out;
    }

    Time time(const std::string& key) {
        const Json* value = find(key, true);
        if (!value) return 0;
        const double s = value->is_number() ? value->get<double>() : -1;
        if (s < 0) wrong("has an \"" + key + "\" that is not a number of seconds from 0");
        return from_seconds(s);
    }

    /// Every key must be one of these.
    void only(const std::vector<std::string>& keys) {
        if (!object_.is_object()) return;
        for (const auto& [key, value] : object_.items()) {
            if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
            std::string allowed;
            for (const std::string& one : keys) allowed += (allowed.empty() ? "" : ", ") + one;
            const std::string near = nearest(key, keys);
            const std::string meant = near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near);
            wrong(fmt::format("has an unknown key \"{}\"{} (allowed: {})", key, meant, allowed));
        }
    }

private:
    const Json& object_;
    std::string where_;
    std::string& problem_;
};

struct Form {
    Do what;
    std::vector<std::string> keys;
};

const std::map<std::string, Form>& forms() {
    static const std::map<std::string, Form> all = {
        {"open", {Do::open, {"do", "trial", "chain", "members"}}},
        {"probe", {Do::probe, {"do", "trial", "at", "with"}}},
        {"land", {Do::land, {"do", "trial"}}},
        {"eject", {Do::eject, {"do", "trial", "item"}}},
        {"settle", {Do::settle, {"do", "trial"}}},
        {"drop", {Do::drop, {"do", "trial", "because"}}},
        {"retry", {Do::retry, {"do", "trial"}}},
        {"revert", {Do::revert, {"do", "change"}}},
        {"arm", {Do::arm, {"do", "tag", "after_s"}}},
    };
    return all;
}

Action action_of(const Json& json, std::size_t number, std::string& problem) {
    Reader reader(json, "action " + std::to_string(number), problem);
    const std::string name = reader.text("do");
    if (!problem.empty()) return {};
    const auto form = forms().find(name);
    if (form == forms().end()) {
        std::vector<std::string> names;
        std::string allowed;
        for (const auto& [known, unused] : forms()) {
            names.push_back(known);
            allowed += (allowed.empty() ? "" : ", ") + known;
        }
        const std::string near = nearest(name, names);
        reader.wrong("is unknown: \"" + name + "\"" + (near.empty() ? "" : "; did you mean \"" + near + "\"?") +
                     " (allowed: " + allowed + ")");
        return {};
    }
    reader.only(form->second.keys);
    Action action;
    action.what = form->second.what;
    if (action.what == Do::arm) {
        action.tag = reader.number("tag", 0, true);
        action.after = reader.time("after_s");
        return action;
    }
    if (action.what == Do::revert) {
        action.changes = {reader.text("change")};
        return action;
    }
    action.trial = reader.text("trial");
    if (action.what == Do::probe) {
        action.at = static_cast<Landings::Mark>(std::min<std::uint64_t>(reader.number("at", 0, true), kNone));
        action.changes = reader.texts("with");
    }
    if (action.what == Do::open) action.chain = reader.ids("chain");
    if (action.what == Do::open) action.members = reader.number("members", 1, false);
    if (action.what == Do::eject) action.chain = {reader.id("item", true)};
    if (action.what == Do::drop) action.because = reader.id("because", false);
    return action;
}

/// The line as JSON; null with a problem if it is none.
Json parsed(const std::string& line, std::string& problem) {
    try {
        return Json::parse(line);
    } catch (const Json::parse_error& wrong) {
        problem = "the answer is not JSON, at character " + std::to_string(wrong.byte);
        return nullptr;
    }
}

void with_line(std::string& problem, const std::string& line) {
    if (!problem.empty()) problem = "the program's answer makes no sense: " + problem + "\n  " + shortened(line);
}

}  // namespace

Ready read_ready(const std::string& line, std::string& problem) {
    Ready ready;
    const Json json = parsed(line, problem);
    if (problem.empty()) {
        Reader reader(json, "the answer to hello", problem);
        if (reader.number("ready", 0, true) != kProtocol)
            reader.wrong("must be {\"ready\": " + std::to_string(kProtocol) + "}, the version of what is spoken");
        ready.view = reader.number("view", 0, false);
        ready.history = reader.number("history", 0, false);
        reader.only({"ready", "view", "history"});
    }
    with_line(problem, line);
    return ready;
}

std::vector<Action> read_actions(const std::string& line, std::string& problem) {
    std::vector<Action> actions;
    const Json json = parsed(line, problem);
    if (problem.empty()) {
        Reader reader(json, "the answer", problem);
        const Json* list = reader.find("actions", true);
        reader.only({"actions"});
        if (list && !list->is_array()) reader.wrong("has \"actions\" that are not a list");
        if (list && list->is_array())
            for (const Json& one : *list) actions.push_back(action_of(one, actions.size() + 1, problem));
    }
    with_line(problem, line);
    return actions;
}

}  // namespace gatesim::exec
