#include "import/pseudonyms.hpp"

#include <charconv>
#include <unordered_map>

#include "import/fields.hpp"
#include "scenario/sha256.hpp"

namespace gatesim::import {

namespace {

/// The digest of two texts one after the other, as 32 bytes.
std::string digest(std::string_view first, std::string_view second) {
    Sha256 sha;
    sha.add(first);
    sha.add(second);
    const std::string hex = sha.hex();
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        unsigned byte = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

std::string masked(std::string key, unsigned char mask) {
    for (char& c : key) c = static_cast<char>(static_cast<unsigned char>(c) ^ mask);
    return key;
}

bool is_number(std::string_view change) {
    return change.size() <= 20 && change.find_first_not_of("0123456789,.") == std::string_view::npos;
}

bool is_everybodys(std::string_view branch) {
    return branch == "main" || branch == "master" || branch.starts_with("stable");
}

/// Names of one kind, each hidden once.
class Hidden {
public:
    Hidden(const Names& names, Records& records) : names_(names), texts_(records.texts) {}

    /// By what the options say, unless this one keeps its name.
    Texts::Id operator()(Texts::Id id, bool keep) { return of(id, !keep && !names_.keep); }
    Texts::Id job(Texts::Id id) { return of(id, names_.hide_jobs); }

private:
    Texts::Id of(Texts::Id id, bool hide) {
        if (id == 0) return id;
        const auto [known, fresh] = known_.try_emplace(hide ? id : ~id, id);
        if (fresh) known->second = texts_.of(hide ? pseudonym(texts_[id]) : printable(texts_[id]));
        return known->second;
    }
    std::string pseudonym(const std::string& name) const { return hmac_sha256(names_.key, name).substr(0, 10); }
    static std::string printable(std::string text) {
        for (char& c : text)
            if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
        return text;
    }

    const Names& names_;
    Texts& texts_;
    std::unordered_map<Texts::Id, Texts::Id> known_;
};

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::string block(key);
    if (block.size() > 64) block = digest(block, "");
    block.resize(64, '\0');
    Sha256 outer;
    outer.add(masked(block, 0x5c));
    outer.add(digest(masked(block, 0x36), text));
    return outer.hex();
}

void hide_names(const Names& names, Records& records) {
    Hidden hidden(names, records);
    const Texts& texts = records.texts;
    for (Entry& e : records.entries) {
        e.change = hidden(e.change, is_number(texts[e.change]));
        e.project = hidden(e.project, texts[e.project] == "project");  // what it is called without a name
        e.branch = hidden(e.branch, is_everybodys(texts[e.branch]));
        e.author = is_bot(texts[e.author]) ? 0 : hidden(e.author, false);
    }
    for (Run& r : records.runs) {
        r.job = hidden.job(r.job);
        r.label = hidden(r.label, true);
        r.runner = hidden(r.runner, false);
    }
}

}  // namespace gatesim::import
