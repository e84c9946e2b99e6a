#include "scenario/read_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenario/token_cursor.hpp"

namespace gatesim::document {

namespace {

/// Builds the tree from the parser's events. Returns false to stop the parser.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, std::uint32_t source, Errors& errors)
        : text_(text), source_(source), errors_(errors), cursor_(text, source) {}

    Node root;

    bool null() override { return place() != nullptr; }
    bool boolean(bool value) override {
        Node* node = place();
        if (node == nullptr) return false;
        node->kind = Node::Kind::flag;
        node->flag = value;
        return true;
    }
    bool number_integer(number_integer_t value) override { return number(static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return number(static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override {
        Node* node = place();
        if (node == nullptr) return false;
        node->kind = Node::Kind::text;
        node->text = std::move(value);
        return true;
    }
    bool binary(binary_t&) override { return false; }

    bool key(string_t& value) override {
        open_.back()->members.push_back({std::move(value), cursor_.next(), {}});
        return true;
    }
    bool start_object(std::size_t) override { return open(Node::Kind::object); }
    bool start_array(std::size_t) override { return open(Node::Kind::list); }
    bool end_object() override {
        report_duplicates(*open_.back());
        return close();
    }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem) override;

private:
    /// The node for the value whose token comes next; nullptr when the document holds too many.
    Node* place() {
        const Position at = cursor_.next();
        if (++values_ > kMostValues) {
            errors_.add_raw(at, "", fmt::format("the document holds more than {} values", kMostValues),
                            "a long list of changes belongs in a load file (load.replay)");
            return nullptr;
        }
        if (open_.empty()) {
            root.at = at;
            return &root;
        }
        Node& parent = *open_.back();
        if (parent.kind == Node::Kind::list) parent.members.emplace_back();
        Node& node = parent.members.back().value;
        node.at = at;
        return &node;
    }

    bool number(double value) {
        Node* node = place();
        if (node == nullptr) return false;
        node->kind = Node::Kind::number;
        node->number = value;
        return true;
    }

    bool open(Node::Kind kind) {
        Node* node = place();
        if (node == nullptr) return false;
        node->kind = kind;
        // Children are only ever added to the innermost open node, so the pointers to the outer ones stay good.
        open_.push_back(node);
        if (open_.size() <= kDeepest) return true;
        errors_.add_raw(node->at, "", fmt::format("nested more than {} deep", kDeepest));
        return false;
    }

    bool close() {
        cursor_.next();
        open_.pop_back();
        return true;
    }

    void report_duplicates(const Node& object);

    std::string_view text_;
    std::uint32_t source_;
    Errors& errors_;
    TokenCursor cursor_;
    std::vector<Node*> open_;
    std::size_t values_ = 0;
};

void Builder::report_duplicates(const Node& object) {
    std::vector<const Member*> sorted;
    sorted.reserve(object.members.size());
    for (const Member& member : object.members) sorted.push_back(&member);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Member* a, const Member* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if (sorted[i]->key != sorted[i - 1]->key) continue;
        std::string pointer;
        for (std::size_t level = 0; level + 1 < open_.size(); ++level) {
            const Node& outer = *open_[level];
            pointer = below(pointer, outer.kind == Node::Kind::list ? std::to_string(outer.members.size() - 1)
                                                                    : outer.members.back().key);
        }
        pointer = below(pointer, sorted[i]->key);
        const Position first = sorted[i - 1]->at;
        errors_.add(sorted[i]->at, pointer,
                    fmt::format("the key {} stands twice, first on line {}", quote(sorted[i]->key), first.line), "",
                    "a key may stand once in its object");
    }
}

/// What the parser wants to say, without its prefix and without the bytes it choked on.
std::string plain_words(std::string message) {
    constexpr std::string_view kPrefix = "syntax error while parsing ";
    if (const auto begin = message.find(kPrefix); begin != std::string::npos) {
        message.erase(0, begin + kPrefix.size());
    }
    if (const auto dash = message.find(" - "); dash != std::string::npos) message.replace(dash, 3, ": ");
    const auto last_read = message.find("; last read: ");
    if (last_read == std::string::npos) return message;
    const auto expected = message.rfind("; expected ");
    const std::string end = expected != std::string::npos && expected > last_read ? message.substr(expected) : "";
    return message.substr(0, last_read) + end;
}

/// Offset of the last byte before `offset` that is no blank; `offset` itself if there is none.
std::size_t before_blanks(std::string_view text, std::size_t offset) {
    std::size_t at = offset;
    while (at > 0 && std::string_view(" \t\r\n").find(text[at - 1]) != std::string_view::npos) --at;
    return at > 0 ? at - 1 : offset;
}

/// Where the token begins whose last byte is at `offset`, for strings; `offset` for everything else.
std::size_t token_begin(std::string_view text, std::size_t offset) {
    if (offset >= text.size() || text[offset] != '"') return offset;
    for (std::size_t at = offset; at-- > 0;) {
        if (text[at] == '\n') break;
        if (text[at] == '"' && (at == 0 || text[at - 1] != '\\')) return at;
    }
    return offset;
}

/// A likely reason, from the text around the error.
std::string hint(std::string_view text, std::size_t offset, const std::string& message) {
    if (offset >= text.size()) return "the text ends too early: a bracket or a quote is not closed";
    const char here = text[offset];
    if (here == '\'') return "strings stand in double quotes";
    const char before = text[before_blanks(text, offset)];
    if ((here == '}' || here == ']') && before == ',') return "a comma may not stand before a closing bracket";
    const auto has = [&](const char* part) { return message.find(part) != std::string::npos; };
    if ((has("expected '}'") || has("expected ']'")) && has("unexpected") && here != '}' && here != ']') {
        return "a comma is missing before it, or a bracket";
    }
    std::size_t begin = offset;
    while (begin > 0 && std::isalpha(static_cast<unsigned char>(text[begin - 1])) != 0 && offset - begin < 20) --begin;
    const std::string_view word = text.substr(begin, 8);
    if (word.starts_with("NaN") || word.starts_with("Inf") || word.starts_with("nan")) {
        return "JSON knows no NaN and no infinity";
    }
    return "";
}

bool Builder::parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& problem) {
    const std::string message = plain_words(problem.what());
    std::size_t offset = position > 0 ? position - 1 : 0;
    if (message.find("unexpected string") != std::string::npos) offset = token_begin(text_, offset);
    const Position at = TokenCursor::locate(text_, offset, source_);
    if (problem.id == 406) {
        errors_.add_raw(at, "", "this number is too large");
    } else {
        errors_.add_raw(at, "", "syntax error in " + message, hint(text_, offset, message));
    }
    return false;
}

}  // namespace

std::size_t first_bad_byte(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
        const unsigned char lead = byte(i);
        if (lead == 0) return i;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                                   : (lead & 0xF0) == 0xE0        ? 3
                                   : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                                  : 0;
        if (length == 0 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0) != 0x80) return i;
        }
        const unsigned char second = byte(i + 1);
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
            (lead == 0xF4 && second > 0x8F)) {
            return i;
        }
        i += length;
    }
    return std::string_view::npos;
}

std::optional<Node> read_json(std::string_view text, std::uint32_t source, Errors& errors) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (const std::size_t bad = first_bad_byte(text); bad != std::string_view::npos) {
        errors.add_raw(TokenCursor::locate(text, bad, source), "",
                       fmt::format("the text is not UTF-8: byte 0x{:02X}", static_cast<unsigned char>(text[bad])),
                       "save the file as UTF-8");
        return std::nullopt;
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        errors.add_raw({source, 1, 1}, "", "the document is empty", "an object with at least load and jobs");
        return std::nullopt;
    }
    const std::size_t before = errors.count();
    Builder builder(text, source, errors);
    const bool parsed =
        nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json, true, true);
    if (!parsed || errors.count() > before) return std::nullopt;
    return std::move(builder.root);
}

}  // namespace gatesim::document
