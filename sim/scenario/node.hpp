// A JSON document as it was written: order kept, and every key and value knows where it stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::document {

/// Where something stands. Lines and columns count from 1; line 0 = nowhere in particular.
struct Position {
    std::uint32_t source = 0;  ///< index into Sources
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Member;

/// One value. Children of a list are members with empty keys.
struct Node {
    enum class Kind : std::uint8_t { null, flag, number, text, list, object };

    Kind kind = Kind::null;
    bool flag = false;
    Position at;
    double number = 0;
    std::string text;
    std::vector<Member> members;

    /// The member of that name, or nullptr.
    const Node* find(std::string_view key) const;

    /// Whether it is a number without a fraction that a double holds exactly.
    bool is_whole() const;
};

struct Member {
    std::string key;
    Position at;  ///< of the key
    Node value;
};

/// The document as JSON text: same document, same bytes.
std::string to_json(const Node& node);

/// `text` as a JSON string, quotes included; control characters escaped.
std::string json_string(std::string_view text);

}  // namespace gatesim::document
