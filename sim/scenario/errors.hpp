// Collects what is wrong, with its place and with what would be right.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"
#include "scenario/source.hpp"

namespace gatesim::document {

/// A value together with its JSON pointer. Cheap to copy; does not own the value.
struct View {
    const Node* node = nullptr;
    std::string pointer;

    std::optional<View> find(std::string_view key) const;
    /// Its i-th member: of an object by key, of a list by index.
    View child(std::size_t index) const;
};

/// A key as it stands in a JSON pointer ("/" is "~1", "~" is "~0").
std::string pointer_token(std::string_view key);

/// The pointer of a key (or an index) below `pointer`.
std::string below(const std::string& pointer, std::string_view key);

/// The errors of one loading. Stops taking more after a while, and takes each one once.
class Errors {
public:
    static constexpr std::size_t kMost = 20;

    explicit Errors(const Sources& sources) : sources_(sources) {}

    /// An error at a place. What is allowed there, and where it is described, is taken from the field table unless
    /// `allowed` and `see` say it.
    void add(Position at, const std::string& pointer, std::string what, std::string suggestion = "",
             std::string allowed = "", std::string see = "");
    void add(const View& view, std::string what, std::string suggestion = "", std::string allowed = "",
             std::string see = "") {
        add(view.node->at, view.pointer, std::move(what), std::move(suggestion), std::move(allowed), std::move(see));
    }

    /// A name that is not known: `what` says of what kind ("job"), `known` what there is.
    void unknown_name(const View& view, std::string_view what, const std::vector<std::string>& known);

    /// Something that cannot be read (exit code 4).
    void add_unreadable(Position at, const std::string& pointer, std::string what);

    /// An error as it is, without a look into the field table.
    void add_raw(Position at, const std::string& pointer, std::string what, std::string allowed = "");

    bool any() const { return !list_.empty(); }
    std::size_t count() const { return list_.size() + dropped_; }

    /// All that were kept; a last line says how many were not.
    std::vector<Diagnostic> take();

private:
    void keep(Diagnostic diagnostic, Position at);

    const Sources& sources_;
    std::vector<Diagnostic> list_;
    std::size_t dropped_ = 0;
};

/// `text` in quotes for a message: shortened, control characters escaped.
std::string quote(std::string_view text);

/// The candidate nearest to `word` by edit distance (swaps count once, case does not count), or "" if none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "a needs b needs a" for a cycle of indices into `names`; long ones are cut in the middle.
std::string circle(const std::vector<std::uint32_t>& cycle, const std::vector<std::string>& names,
                   std::string_view link);

/// "a, b, c"; long lists are cut.
std::string listing(const std::vector<std::string>& words);

}  // namespace gatesim::document
