#include "scenario/load_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenario/check.hpp"
#include "scenario/decode.hpp"
#include "scenario/extends.hpp"
#include "scenario/field.hpp"
#include "scenario/files_read.hpp"
#include "scenario/override.hpp"
#include "scenario/read_json.hpp"
#include "scenario/sha256.hpp"
#include "scenario/words.hpp"

namespace gatesim {

namespace fs = std::filesystem;
using namespace document;

namespace {

std::vector<std::string>& read_so_far() {
    static std::vector<std::string> files;
    return files;
}

/// Everything that needs the whole, checked document.
void decode(Context& context) {
    decode_period(context);
    decode_pools(context);
    decode_jobs(context);
    decode_pipelines(context);
    if (context.errors.any()) return;  // what follows would only repeat these
    decode_projects(context);
    decode_queues(context);
    decode_load(context);
    decode_world(context);
    decode_freezes(context);
    decode_timeline(context);
    decode_facts(context);
    decode_expectations(context);
}

/// The document as it holds after extends and --set, with the content of the files it names.
std::string resolved_text(Node document, const std::map<std::string, std::string>& files) {
    std::erase_if(document.members,
                  [](const Member& member) { return member.key == "files" || member.key == "$schema"; });
    if (!files.empty()) {
        Node list;
        list.kind = Node::Kind::object;
        for (const auto& [name, sha] : files) {
            list.members.push_back({name, {}, {}});
            list.members.back().value.kind = Node::Kind::text;
            list.members.back().value.text = sha;
        }
        document.members.push_back({"files", {}, std::move(list)});
    }
    return to_json(document);
}

/// The folder of a scenario.json names the scenario; any other file names it by itself.
std::string name_of(const Source& source) {
    const fs::path file(source.name);
    if (file.filename() != "scenario.json") return file.stem().string();
    std::error_code ignored;
    const fs::path folder = fs::absolute(source.folder.empty() ? "." : source.folder, ignored).lexically_normal();
    const fs::path name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
    return name.empty() ? "scenario" : name.string();
}

/// Text to a document with all that it extends and with --set. `path` is the file's own, empty if there is none.
std::optional<Node> whole_document(std::string_view text, const std::string& path, Sources& sources,
                                   const std::vector<std::string>& sets, Errors& errors) {
    auto document = read_json(text, 0, errors);
    if (!document || !resolve_extends(*document, path, sources, errors)) return std::nullopt;
    sources.push_back({kOverrideSource, sources[0].folder});
    if (!apply_overrides(*document, sets, static_cast<std::uint32_t>(sources.size() - 1), errors)) return std::nullopt;
    return document;
}

/// Text to scenario; errors are added. `path` is the file's own, empty if there is none.
std::optional<Scenario> make_scenario(std::string_view text, const std::string& path, Sources& sources,
                                      const LoadOptions& options, Errors& errors) {
    auto document = whole_document(text, path, sources, options.sets, errors);
    if (!document) return std::nullopt;
    const View root{&*document, ""};
    check(root, {object(scenario_object())}, errors);
    if (errors.any()) return std::nullopt;
    Scenario out;
    out.name = name_of(sources[0]);
    out.folder = sources[0].folder;
    Context context{root, out, errors, options, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    decode(context);
    if (errors.any()) return std::nullopt;
    for (std::size_t i = path.empty() ? 1 : 0; i + 1 < sources.size(); ++i) read_so_far().push_back(sources[i].name);
    for (const auto& [name, sha] : context.files) read_so_far().push_back(context.path_of(name));
    out.resolved = resolved_text(std::move(*document), context.files);
    out.sha256 = sha256_hex(out.resolved);
    return out;
}

Loaded load(std::string_view text, const std::string& path, Source source, const LoadOptions& options) {
    Sources sources{std::move(source)};
    Errors errors(sources);
    Loaded out;
    if (text.size() > kLargestScenario) {
        errors.add_raw({0, 0, 0}, "", "the scenario is larger than 16 MiB",
                       "a long list of changes belongs in a load file (load.replay)");
    } else {
        out.scenario = make_scenario(text, path, sources, options, errors);
    }
    out.diagnostics = errors.take();
    return out;
}

Diagnostic unreadable(const std::string& path, const std::string& problem) {
    Diagnostic out;
    out.file = path;
    out.what = "cannot read it: " + problem;
    out.exit_code = 4;
    const fs::path name(path);
    std::error_code ignored;
    std::vector<std::string> siblings;
    const fs::path folder = name.parent_path().empty() ? fs::path(".") : name.parent_path();
    for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end; entry.increment(ignored)) {
        siblings.push_back(entry->path().filename().string());
    }
    std::sort(siblings.begin(), siblings.end());
    const std::string near = nearest(name.filename().string(), siblings);
    if (!near.empty() && near != name.filename()) out.suggestion = (name.parent_path() / near).string();
    return out;
}

}  // namespace

const std::vector<std::string>& files_read() {
    return read_so_far();
}

int Loaded::exit_code() const {
    if (diagnostics.empty()) return 0;
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.exit_code == 2; })
               ? 2
               : 4;
}

std::optional<ScenarioPlace> find_in_scenario(const std::string& path, const std::vector<std::string>& sets,
                                              const std::string& pointer) {
    std::error_code ignored;
    const std::string file = fs::is_directory(path, ignored) ? (fs::path(path) / "scenario.json").string() : path;
    if (!fs::is_regular_file(file, ignored)) return std::nullopt;  // a pipe has been emptied
    const FileText text = read_file(file, kLargestScenario);
    if (!text.problem.empty() || text.too_large) return std::nullopt;
    Sources sources{{file, fs::path(file).parent_path().string()}};
    Errors errors(sources);
    const auto document = whole_document(text.content, file, sources, sets, errors);
    const auto keys = split_pointer(pointer);
    if (!document || !keys) return std::nullopt;
    View view{&*document, ""};
    for (const std::string& key : *keys) {
        const auto inner = view.find(key);
        if (!inner) return std::nullopt;
        view = *inner;
    }
    const Source& source = sources[view.node->at.source];
    if (source.name == kOverrideSource || view.node->at.line == 0)
        return ScenarioPlace{source.name, to_json(*view.node)};
    return ScenarioPlace{fmt::format("{}:{}:{}", source.name, view.node->at.line, view.node->at.column),
                         to_json(*view.node)};
}

Loaded load_scenario(const std::string& path, const LoadOptions& options) {
    std::error_code ignored;
    std::string name = path;
    while (name.size() > 1 && name.ends_with('/')) name.pop_back();
    if (name.empty()) return {std::nullopt, {unreadable(path, "it has no name")}};
    std::string file = name;
    if (fs::is_directory(name, ignored)) {
        file = (fs::path(name) / "scenario.json").string();
        if (!fs::exists(file, ignored)) return {std::nullopt, {unreadable(name, "the folder holds no scenario.json")}};
    }
    FileText text = read_file(file, kLargestScenario);
    if (!text.problem.empty()) return {std::nullopt, {unreadable(file, text.problem)}};
    if (text.too_large) text.content.assign(kLargestScenario + 1, ' ');
    return load(text.content, file, {file, fs::path(file).parent_path().string()}, options);
}

Loaded load_scenario_text(std::string_view text, const std::string& name, const std::string& folder,
                          const LoadOptions& options) {
    return load(text, "", {name, folder}, options);
}

std::optional<StrategyChoice> read_strategy(std::string_view text, const std::vector<StrategyDescription>& strategies,
                                            std::vector<Diagnostic>& diagnostics) {
    const Sources sources{{"strategy", ""}};
    Errors errors(sources);
    std::optional<StrategyChoice> out;
    std::optional<Node> node;
    if (text.starts_with('{')) {
        node = read_json(text, 0, errors);
    } else {
        node.emplace();
        node->kind = Node::Kind::text;
        node->text = text;
    }
    if (node) {
        const View view{&*node, ""};
        check(view, {form(Form::strategy)}, errors);
        if (!errors.any()) out = decode_strategy(view, strategies, errors);
    }
    for (Diagnostic& problem : errors.take()) diagnostics.push_back(std::move(problem));
    return out;
}

}  // namespace gatesim
