#include "scenario/extends.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenario/check.hpp"
#include "scenario/field.hpp"
#include "scenario/merge.hpp"
#include "scenario/read_json.hpp"
#include "scenario/words.hpp"

namespace gatesim::document {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLongestChain = 16;

/// The file that `name` means in a document of `folder`; empty = none of them exists.
std::string find_base(const std::string& folder, const std::string& name) {
    const fs::path here = folder.empty() ? fs::path(".") : fs::path(folder);
    std::error_code ignored;
    for (const fs::path& candidate : {here / name, here / (name + ".json"), here / ".." / name}) {
        if (fs::is_directory(candidate, ignored)) {
            if (fs::exists(candidate / "scenario.json", ignored))
                return (candidate / "scenario.json").lexically_normal().string();
        } else if (fs::exists(candidate, ignored)) {
            return candidate.lexically_normal().string();
        }
    }
    return "";
}

/// File names of a base are relative to the base; makes them relative to `to`.
void rebase_files(Node& node, const Shapes& shapes, const std::string& from, const std::string& to) {
    const Shape* shape = fitting(shapes, node);
    if (shape == nullptr) return;
    if (shape->form == Form::file) {
        const fs::path home = to.empty() ? fs::path(".") : fs::path(to);
        const fs::path file = fs::path(from) / node.text;
        if (!fs::path(node.text).is_absolute())
            node.text = file.lexically_normal().lexically_proximate(home.lexically_normal()).string();
        return;
    }
    const Object* object = object_of(*shape);
    for (Member& member : node.members) {
        if (node.kind == Node::Kind::list) {
            rebase_files(member.value, shape->items, from, to);
        } else if (object != nullptr && member.key != "notes") {
            const Field* field = object->find(member.key);
            if (field != nullptr || !object->others.empty())
                rebase_files(member.value, field ? field->shapes : object->others, from, to);
        }
    }
}

/// Takes the key `extends` out of the document.
std::optional<Member> take_extends(Node& document) {
    const auto found = std::find_if(document.members.begin(), document.members.end(),
                                    [](const Member& m) { return m.key == "extends"; });
    if (document.kind != Node::Kind::object || found == document.members.end()) return std::nullopt;
    Member out = std::move(*found);
    document.members.erase(found);
    return out;
}

std::optional<Node> read_base(const Member& extends, const std::string& path, Sources& sources, Errors& errors) {
    std::error_code ignored;
    const fs::file_type type = fs::status(path, ignored).type();
    if (type != fs::file_type::regular && type != fs::file_type::not_found) {  // nobody may ever write into a pipe
        errors.add_unreadable(extends.value.at, "/extends",
                              fmt::format("cannot extend {}: it is {}, not a file", quote(path),
                                          type == fs::file_type::fifo     ? "a pipe (FIFO)"
                                          : type == fs::file_type::socket ? "a socket"
                                                                          : "a device"));
        return std::nullopt;
    }
    const FileText file = read_file(path, kLargestScenario);
    if (file.too_large) {
        errors.add(extends.value.at, "/extends", fmt::format("{} is larger than 16 MiB", quote(path)));
        return std::nullopt;
    }
    if (!file.problem.empty()) {
        errors.add_unreadable(extends.value.at, "/extends",
                              fmt::format("cannot read {}: {}", quote(path), file.problem));
        return std::nullopt;
    }
    sources.push_back({path, fs::path(path).parent_path().string()});
    return read_json(file.content, static_cast<std::uint32_t>(sources.size() - 1), errors);
}

}  // namespace

bool resolve_extends(Node& document, const std::string& path, Sources& sources, Errors& errors) {
    std::vector<std::string> chain;
    const auto same_file = [](const std::string& p) {
        std::error_code ignored;
        return fs::weakly_canonical(p, ignored).string();
    };
    if (!path.empty()) chain.push_back(same_file(path));
    const std::string home = sources[document.at.source].folder;
    std::vector<Node> patches;  // the document first, its base behind it, …
    patches.push_back(std::move(document));
    while (auto extends = take_extends(patches.back())) {
        const Node& name = extends->value;
        check(View{&name, "/extends"}, scenario_object().find("extends")->shapes, errors);
        if (errors.any()) return false;
        const std::string base = find_base(sources[name.at.source].folder, name.text);
        if (base.empty()) {
            errors.add_unreadable(name.at, "/extends",
                                  fmt::format("there is no file and no scenario {}", quote(name.text)));
            return false;
        }
        if (std::find(chain.begin(), chain.end(), same_file(base)) != chain.end()) {
            errors.add(name.at, "/extends", fmt::format("{} extends itself through this", quote(base)), "",
                       "a chain of files that ends");
            return false;
        }
        if (chain.size() >= kLongestChain) {
            errors.add(name.at, "/extends",
                       fmt::format("with {} more than {} files extend each other in a row", quote(base), kLongestChain),
                       "", fmt::format("a chain of at most {} files", kLongestChain));
            return false;
        }
        chain.push_back(same_file(base));
        auto next = read_base(*extends, base, sources, errors);
        if (!next) return false;
        const std::string from = sources[next->at.source].folder;
        if (next->kind != Node::Kind::object) {
            errors.add_raw(next->at, "", fmt::format("a scenario is an object, this is {}", what_it_is(*next)));
            return false;
        }
        if (from != home) rebase_files(*next, {object(scenario_object())}, from, home);
        patches.push_back(std::move(*next));
    }
    document = std::move(patches.back());
    for (std::size_t i = patches.size() - 1; i-- > 0;) merge(document, std::move(patches[i]));
    return true;
}

}  // namespace gatesim::document
