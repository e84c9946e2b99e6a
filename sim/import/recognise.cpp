#include "import/recognise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "import/byte_source.hpp"
#include "import/documents.hpp"

namespace gatesim::import {

namespace {

constexpr std::size_t kRecordsAsked = 200;  ///< of a file

/// Asks every forge about the first records.
class Voters : public RecordTaker {
public:
    Voters() : votes_(forges().size(), 0) {}

    void document() override {}
    /// Another forge's list may be a part of a record of this one.
    void rest(const Json& rest) override { record("", rest); }
    void broken(FilePlace, const std::string&) override { throw Enough{}; }
    void record(std::string_view list, const Json& record) override {
        for (std::size_t i = 0; i < votes_.size(); ++i) {
            const Forge& forge = *forges()[i];
            if (forge.knows && (record.is_object() || list == "line")) votes_[i] += opinion(forge, list, record);
        }
        if (++asked_ == kRecordsAsked) throw Enough{};
    }

    /// Reads the beginning of a file, by lists or by lines.
    void ask(ByteSource& source, bool lines) {
        std::vector<std::string> lists;
        for (const Forge* forge : forges()) lists.insert(lists.end(), forge->lists.begin(), forge->lists.end());
        asked_ = 0;
        try {
            lines ? cut_lines(source, *this) : cut_documents(source, lists, *this);
        } catch (const Enough&) {
        }
    }
    const std::vector<int>& votes() const { return votes_; }

private:
    struct Enough {};

    static int opinion(const Forge& forge, std::string_view list, const Json& record) {
        try {
            return forge.knows(list, record);
        } catch (const Json::exception&) {
            return 0;
        }
    }

    std::vector<int> votes_;
    std::size_t asked_ = 0;
};

const Forge* nobody(LoadError& error, const std::string& what) {
    error = {LoadError::Kind::malformed, fmt::format("{}; name the forge: {}", what, forge_names())};
    return nullptr;
}

bool is_table(const std::string& path) {
    return std::filesystem::is_directory(path) || path.ends_with(".csv");
}

}  // namespace

const Forge* find_forge(const std::string& name) {
    for (const Forge* forge : forges())
        if (forge->name == name) return forge;
    return nullptr;
}

std::string forge_names() {
    std::string out;
    for (const Forge* forge : forges()) out += (out.empty() ? "" : ", ") + forge->name;
    return out;
}

const Forge* forge_of(const std::string& name, const std::vector<std::string>& files, LoadError& error) {
    if (name != "auto") {
        const Forge* const forge = find_forge(name);
        if (!forge) error = {LoadError::Kind::malformed, fmt::format("no forge is called \"{}\"", name)};
        return forge;
    }
    if (std::all_of(files.begin(), files.end(), is_table)) return find_forge("csv");
    Voters voters;
    for (const std::string& path : files) {
        if (path == "-") return nobody(error, "auto reads the beginning of a file twice, which standard input cannot");
        const auto source = ByteSource::open(path, error);
        if (!source) return nullptr;
        const std::string_view head = source->head();
        const std::size_t first = head.find_first_not_of(" \t\r\n\xef\xbb\xbf");
        const bool json =
            first != std::string_view::npos &&
            (head[first] == '{' || head[first] == '[' || head[first] == ')' || head.substr(first).starts_with("var "));
        voters.ask(*source, !json);
    }
    const std::vector<int>& votes = voters.votes();
    const auto most = std::max_element(votes.begin(), votes.end());
    if (most == votes.end() || *most == 0) return nobody(error, "no forge knows what stands in these files");
    if (std::count(votes.begin(), votes.end(), *most) > 1)
        return nobody(error, "several forges know what stands in these files");
    return forges()[static_cast<std::size_t>(most - votes.begin())];
}

}  // namespace gatesim::import
