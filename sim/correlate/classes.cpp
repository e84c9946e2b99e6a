#include "correlate/classes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "correlate/mask.hpp"

namespace gatesim::correlate {

namespace {

constexpr std::size_t kNearest = 3, kMostBuilds = 5000;

struct Document {
    std::uint32_t build = 0;
    std::size_t is = 0;
    std::vector<std::uint32_t> shapes;  ///< each once
    double length = 0;
};

/// Reads the logs and numbers their shapes.
std::vector<Document> read_documents(Logs& logs, std::size_t column, const std::vector<std::string>& names,
                                     std::vector<std::vector<std::uint32_t>>& shown_by) {
    std::vector<Document> out;
    std::map<std::uint64_t, std::uint32_t> numbers;
    std::string shape;
    for (std::uint32_t b = 0; b < logs.builds.all.size(); ++b) {
        const Build& build = logs.builds.all[b];
        const auto name = std::find(names.begin(), names.end(), build.extra[column]);
        if (!build.has_log || name == names.end()) continue;
        Document one;
        one.build = b;
        one.is = static_cast<std::size_t>(name - names.begin());
        std::set<std::uint32_t> seen;
        logs.read(b, [&](const std::string&, std::string_view line) {
            mask(line, shape);
            const auto letters =
                std::count_if(shape.begin(), shape.end(), [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; });
            if (letters < 3) return;
            seen.insert(numbers.emplace(digest(shape), static_cast<std::uint32_t>(numbers.size())).first->second);
        });
        one.shapes.assign(seen.begin(), seen.end());
        shown_by.resize(numbers.size());
        for (const std::uint32_t s : one.shapes) shown_by[s].push_back(static_cast<std::uint32_t>(out.size()));
        out.push_back(std::move(one));
    }
    return out;
}

/// What the nearest others say of a document.
std::size_t vote(const std::vector<Document>& documents, std::size_t at,
                 const std::vector<std::vector<std::uint32_t>>& shown_by, const std::vector<double>& weight) {
    std::vector<double> like(documents.size(), 0);
    for (const std::uint32_t s : documents[at].shapes)
        for (const std::uint32_t other : shown_by[s]) like[other] += weight[s] * weight[s];
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < documents.size(); ++i)
        if (i != at) order.push_back({-like[i] / std::max(1e-9, documents[i].length), i});
    std::stable_sort(order.begin(), order.end());
    double votes[2] = {0, 0};
    for (std::size_t i = 0; i < std::min(kNearest, order.size()); ++i)
        votes[documents[order[i].second].is] -= order[i].first;
    if (votes[0] != votes[1]) return votes[1] > votes[0];
    std::size_t others[2] = {0, 0};  // nothing is like it: the larger class of the others
    for (std::size_t i = 0; i < documents.size(); ++i) others[documents[i].is] += i != at;
    return others[1] > others[0];
}

}  // namespace

std::string tell_apart(Logs& logs, const std::string& column, Classes& out) {
    const auto& columns = logs.builds.extra_columns;
    const auto found = std::find(columns.begin(), columns.end(), column);
    if (found == columns.end())
        return fmt::format("there is no column \"{}\"; there {} {}", column, columns.size() == 1 ? "is" : "are",
                           columns.empty() ? "none with classes" : fmt::format("{}", fmt::join(columns, ", ")));
    const std::size_t at = static_cast<std::size_t>(found - columns.begin());
    std::map<std::string, std::size_t> counts;
    for (const Build& b : logs.builds.all)
        if (b.has_log && !b.extra[at].empty()) ++counts[b.extra[at]];
    if (counts.size() != 2)
        return fmt::format("the column \"{}\" has {} values; two classes can be told apart", column, counts.size());
    for (const auto& [name, n] : counts) {
        out.names.push_back(name);
        out.sizes.push_back(n);
    }
    const std::size_t all = out.sizes[0] + out.sizes[1];
    if (all < 8 || all > kMostBuilds)
        return fmt::format("{} builds have a class and a log; 8 to {} can be told apart", all, kMostBuilds);
    std::vector<std::vector<std::uint32_t>> shown_by;
    std::vector<Document> documents = read_documents(logs, at, out.names, shown_by);
    std::vector<double> weight;
    for (const auto& list : shown_by)
        weight.push_back(std::log(static_cast<double>(documents.size()) / static_cast<double>(list.size())) + 0.1);
    for (Document& one : documents) {
        for (const std::uint32_t s : one.shapes) one.length += weight[s] * weight[s];
        one.length = std::sqrt(one.length);
    }
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const std::size_t said = vote(documents, i, shown_by, weight);
        ++out.table[documents[i].is][said];
        out.right.push_back(said == documents[i].is);
    }
    return "";
}

}  // namespace gatesim::correlate
