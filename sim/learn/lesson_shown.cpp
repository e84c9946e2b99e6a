// lesson.json: what is shown in pictures, beside a learner's run and on the board.

#include <fmt/format.h>

#include <algorithm>

#include "learn/lesson_parts.hpp"
#include "measure/metric.hpp"
#include "scenario/units.hpp"

namespace gatesim::learn {

namespace {

/// A text that must name a case.
bool is_case(Reader& reader, const View& view, const Lesson& lesson, const std::string& id) {
    if (lesson.find_case(id)) return true;
    std::vector<std::string> known;
    for (const Case& c : lesson.cases) known.push_back(c.id);
    reader.complain(view, fmt::format("there is no case {}", document::quote(id)),
                    "one of " + document::listing(known));
    return false;
}

/// A text that must name a figure with an `over`.
void is_series(Reader& reader, const View& view, const Lesson& lesson, const std::string& id) {
    std::vector<std::string> known;
    for (const Golden& g : lesson.golden)
        if (g.over) known.push_back(g.id);
    if (std::find(known.begin(), known.end(), id) == known.end())
        reader.complain(view, fmt::format("there is no figure {} with an \"over\"", document::quote(id)),
                        known.empty() ? "" : "one of " + document::listing(known));
}

struct KindName {
    const char* key;
    Picture::Kind kind;
};
constexpr KindName kKinds[] = {{"stays", Picture::Kind::stays},
                               {"window", Picture::Kind::window},
                               {"seeds", Picture::Kind::seeds},
                               {"figures", Picture::Kind::figures}};

void read_subject(Reader& reader, const View& view, const Lesson& lesson, Picture& out) {
    int ways = 0;
    for (const auto& [key, kind] : kKinds) {
        const auto value = view.find(key);
        if (!value) continue;
        ++ways;
        out.kind = kind;
        const bool several = kind == Picture::Kind::seeds || kind == Picture::Kind::figures;
        out.of = several ? reader.texts(view, key) : std::vector<std::string>{reader.text(view, key)};
        if (several && out.of.empty()) reader.complain(*value, "it must name at least one");
        for (const std::string& id : out.of) {
            if (kind == Picture::Kind::figures)
                is_series(reader, *value, lesson, id);
            else
                is_case(reader, *value, lesson, id);
        }
    }
    if (ways != 1) reader.complain(view, "it needs one of stays, window, seeds and figures");
}

Picture read_picture(Reader& reader, const View& view, const Lesson& lesson, const std::string& id) {
    Picture out;
    out.id = id;
    reader.keys(view,
                {"text", "stays", "window", "seeds", "figures", "until", "rows", "metric", "runs", "seed", "shown"},
                {"text"});
    if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        reader.complain(view, "its name becomes that of a file: small letters, digits and hyphens");
    out.text = reader.text(view, "text");
    read_subject(reader, view, lesson, out);
    out.rows = static_cast<std::size_t>(reader.count(view, "rows", 1, 200).value_or(0));
    out.runs = static_cast<std::uint32_t>(reader.count(view, "runs", 2, 40).value_or(out.runs));
    out.seed = static_cast<std::uint64_t>(reader.count(view, "seed", 1, 1e6).value_or(0));
    out.shown = reader.flag(view, "shown");
    out.metric = reader.text(view, "metric");
    if ((out.kind == Picture::Kind::seeds) != find_metric(out.metric).has_value())
        reader.complain(view, "seeds needs a \"metric\" that there is, and the others need none");
    if (const std::string until = reader.text(view, "until"); !until.empty()) {
        const auto time = units::read_time(until);
        if (time.value) out.until = *time.value;
        if (!time.value) reader.complain(*view.find("until"), "it must be a time: " + time.problem);
    }
    return out;
}

}  // namespace

void read_beside(Reader& reader, const View& root, Lesson& lesson) {
    const auto beside = reader.object(root, "beside");
    if (!beside) return;
    reader.keys(*beside, {"case", "label"}, {"case", "label"});
    BesideCase out{reader.text(*beside, "case"), reader.text(*beside, "label")};
    if (is_case(reader, *beside, lesson, out.id)) lesson.beside = std::move(out);
}

void read_pictures(Reader& reader, const View& root, Lesson& lesson) {
    const auto pictures = reader.object(root, "pictures");
    if (!pictures) return;
    for (std::size_t i = 0; i < pictures->node->members.size(); ++i)
        lesson.pictures.push_back(read_picture(reader, pictures->child(i), lesson, pictures->node->members[i].key));
}

}  // namespace gatesim::learn
