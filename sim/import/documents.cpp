#include "import/documents.hpp"

#include <algorithm>
#include <iterator>

#include "import/json_builder.hpp"

namespace gatesim::import {

namespace {

constexpr std::size_t kDeepest = 200;  ///< what is nested deeper is no export

/// The parser's way to the bytes. All copies stand at the same place.
class Cursor {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    Cursor() = default;
    explicit Cursor(ByteSource& source) : source_(&source) {}
    char operator*() const { return static_cast<char>(source_->peek()); }
    Cursor& operator++() {
        source_->skip();
        return *this;
    }
    Cursor operator++(int) { return ++*this; }
    bool operator==(const Cursor& other) const { return ended() == other.ended(); }
    bool operator!=(const Cursor& other) const { return !(*this == other); }

private:
    bool ended() const { return !source_ || source_->peek() == ByteSource::kEnd; }
    ByteSource* source_ = nullptr;
};

/// "…parse error at line 3, column 7: WHAT; last read: 'text of the file'; expected X" → "WHAT; expected X".
std::string without_text_of_the_file(std::string what) {
    if (const std::size_t place = what.find(", column "); place != std::string::npos)
        what.erase(0, what.find(": ", place) + 2);
    if (const std::size_t read = what.find("; last read: "); read != std::string::npos) {
        const std::size_t expected = what.rfind("'; expected ");
        what.erase(read, expected == std::string::npos ? std::string::npos : expected + 1 - read);
    }
    return what;
}

/// Listens to the parser, for one document.
class Cutter : public nlohmann::json_sax<Json> {
public:
    Cutter(const std::vector<std::string>& lists, RecordTaker& taker) : lists_(lists), taker_(taker) {}

    bool null() override { return scalar(nullptr); }
    bool boolean(bool value) override { return scalar(value); }
    bool number_integer(number_integer_t value) override { return scalar(value); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
    bool number_float(number_float_t value, const string_t&) override { return scalar(value); }
    bool string(string_t& value) override { return scalar(std::move(value)); }
    bool binary(binary_t&) override { return false; }  // JSON has none

    bool key(string_t& name) override {
        (in_list_ ? element_ : document_).key(std::move(name));
        return true;
    }
    bool start_object(std::size_t) override {
        (in_list_ ? element_ : document_).begin(Json::object());
        return not_too_deep();
    }
    bool end_object() override {
        JsonBuilder& builder = in_list_ ? element_ : document_;
        builder.end();
        if (!builder.open()) give();
        return true;
    }
    bool start_array(std::size_t) override {
        if (in_list_)
            element_.begin(Json::array());
        else if (!document_.open())
            ++arrays_;
        else if (document_.at_key() && std::count(lists_.begin(), lists_.end(), document_.key_name()) > 0)
            enter_list();
        else
            document_.begin(Json::array());
        return not_too_deep();
    }
    bool end_array() override {
        if (in_list_ && !element_.open()) {
            in_list_ = false;
        } else if (JsonBuilder& builder = in_list_ ? element_ : document_; builder.open()) {
            builder.end();
            if (!builder.open()) give();
        } else {
            --arrays_;
        }
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
        fault_ = without_text_of_the_file(error.what());
        return false;
    }
    const std::string& fault() const { return fault_; }

private:
    bool scalar(Json value) {
        JsonBuilder& builder = in_list_ ? element_ : document_;
        builder.scalar(std::move(value));
        if (!builder.open()) give();
        return true;
    }
    void enter_list() {
        list_ = document_.key_name();
        document_.scalar(Json::array());
        in_list_ = had_lists_ = true;
    }
    /// What is whole now: an element, or a document.
    void give() {
        if (in_list_)
            taker_.record(list_, element_.value());
        else if (had_lists_)
            taker_.rest(document_.value());
        else
            taker_.record("", document_.value());
        (in_list_ ? element_ : document_).clear();
        if (!in_list_) had_lists_ = false;
    }
    bool not_too_deep() {
        if (arrays_ + document_.depth() + element_.depth() <= kDeepest) return true;
        fault_ = "nested more than 200 deep";
        return false;
    }

    const std::vector<std::string>& lists_;
    RecordTaker& taker_;
    JsonBuilder document_, element_;
    std::size_t arrays_ = 0;  ///< around the document
    bool in_list_ = false, had_lists_ = false;
    std::string list_;
    std::string fault_;
};

bool skip_if(ByteSource& source, std::string_view text) {
    for (const char c : text) {
        if (source.peek() != static_cast<unsigned char>(c)) return false;
        source.skip();
    }
    return true;
}

/// The rest of "NAME = " in a script, if it is that.
void skip_name(ByteSource& source) {
    for (int next = source.peek(); next != ByteSource::kEnd && next != '='; next = source.peek()) {
        if (next == '{' || next == '[' || next == '\n') return;
        source.skip();
    }
    if (source.peek() == '=') source.skip();
}

/// To the first byte of the next document; false at the end.
bool skip_to_document(ByteSource& source) {
    for (;;) {
        const int next = source.peek();
        if (next == ByteSource::kEnd) return false;
        if (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == '\x1e' || next == ';')
            source.skip();
        else if (next == 0xef && skip_if(source, "\xef\xbb\xbf"))
            continue;
        else if (next == ')' && skip_if(source, ")]}'"))
            continue;
        else if (next == 'v' && skip_if(source, "var "))  // a script that sets it: prowjobs.js?var=allBuilds
            skip_name(source);
        else
            return true;
    }
}

/// After a document that began at `from` and was broken: to a line that begins as one does.
void skip_to_line(ByteSource& source, FilePlace from) {
    const auto begins = [](int c) { return c == '{' || c == '['; };
    const FilePlace place = source.place();
    if (place.line > from.line && place.column == 2 && source.can_unread() && begins(source.before())) {
        source.unread();  // the line that showed that the one before it was cut off
        return;
    }
    for (bool fresh = place.column == 1; source.peek() != ByteSource::kEnd; source.skip()) {
        if (fresh && begins(source.peek())) return;
        fresh = source.peek() == '\n';
    }
}

}  // namespace

void cut_documents(ByteSource& source, const std::vector<std::string>& lists, RecordTaker& taker) {
    while (skip_to_document(source)) {
        const FilePlace from = source.place();
        taker.document();
        Cutter cutter(lists, taker);
        if (Json::sax_parse(Cursor(source), Cursor(), &cutter, nlohmann::detail::input_format_t::json, false)) continue;
        taker.broken(source.place(), cutter.fault());
        skip_to_line(source, from);
    }
}

void cut_lines(ByteSource& source, RecordTaker& taker) {
    taker.document();
    if (source.peek() == 0xef) skip_if(source, "\xef\xbb\xbf");
    std::string line;
    for (;; source.skip()) {
        const int next = source.peek();
        if (next != '\n' && next != ByteSource::kEnd) {
            line += static_cast<char>(next);
            continue;
        }
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) taker.record("line", Json(line));
        line.clear();
        if (next == ByteSource::kEnd) return;
    }
}

}  // namespace gatesim::import
