#include "scenario/distribution_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/field.hpp"
#include "scenario/units.hpp"

namespace gatesim::document {

namespace {

constexpr double kZ95 = 1.6448536269514722;  ///< the standard normal's 95 % quantile

double time_of(const View& view, std::string_view key) {
    return seconds(*units::read_time(view.node->find(key)->text).value);
}
double number_of(const View& view, std::string_view key) {
    return view.node->find(key)->number;
}
bool has(const View& view, std::string_view key) {
    return view.node->find(key) != nullptr;
}

std::string and_list(const std::vector<std::string>& keys) {
    std::string out;
    for (std::size_t i = 0; i < keys.size(); ++i)
        out += (i == 0 ? "" : i + 1 == keys.size() ? " and " : ", ") + keys[i];
    return out;
}

/// "median and sigma, or p50 and p95"
std::string forms_of(const std::string& dist) {
    std::string out;
    for (const DistributionForm& form : distribution_forms()) {
        if (form.dist == dist) out += (out.empty() ? "" : ", or ") + and_list(form.keys);
    }
    return out;
}

bool matches(const DistributionForm& form, const std::string& dist, const std::vector<std::string>& present) {
    const auto in = [](const std::vector<std::string>& list, const std::string& key) {
        return std::find(list.begin(), list.end(), key) != list.end();
    };
    return form.dist == dist &&
           std::all_of(form.keys.begin(), form.keys.end(), [&](const std::string& k) { return in(present, k); }) &&
           std::all_of(present.begin(), present.end(),
                       [&](const std::string& k) { return in(form.keys, k) || in(form.optional, k); });
}

Distribution lognormal(const View& view) {
    Distribution out;
    out.kind = Distribution::Kind::lognormal;
    if (has(view, "median")) {
        out.a = std::log(time_of(view, "median"));
        out.b = number_of(view, "sigma");
    } else if (has(view, "p50")) {
        out.a = std::log(time_of(view, "p50"));
        out.b = (std::log(time_of(view, "p95")) - out.a) / kZ95;
    } else {
        const double cv = number_of(view, "cv");
        out.b = std::sqrt(std::log1p(cv * cv));
        out.a = std::log(time_of(view, "mean")) - out.b * out.b / 2;
    }
    return out;
}

Distribution normal(const View& view) {
    Distribution out;
    out.kind = Distribution::Kind::normal;
    if (has(view, "p50")) {
        out.a = time_of(view, "p50");
        out.b = (time_of(view, "p95") - out.a) / kZ95;
    } else {
        out.a = time_of(view, "mean");
        out.b = has(view, "sd") ? time_of(view, "sd") : out.a * number_of(view, "cv");
    }
    return out;
}

Distribution gamma_or_weibull(const View& view, bool gamma) {
    Distribution out;
    out.kind = gamma ? Distribution::Kind::gamma : Distribution::Kind::weibull;
    if (has(view, "shape")) {
        out.a = number_of(view, "shape");
        out.b = time_of(view, "scale");
    } else if (gamma) {
        const double cv = number_of(view, "cv");
        out.a = 1 / (cv * cv);
        out.b = time_of(view, "mean") * cv * cv;
    } else {  // Weibull: 1 - F(x) = exp(-(x / scale)^shape), solved at both quantiles
        const double p50 = time_of(view, "p50");
        out.a = std::log(std::log(20.0) / std::log(2.0)) / std::log(time_of(view, "p95") / p50);
        out.b = p50 / std::pow(std::log(2.0), 1 / out.a);
    }
    return out;
}

}  // namespace

const Object& distribution_object() {
    static const Object where = map_of("where", {form(Form::text)}, "a column's name");
    static const Object object = [] {
        Object o;
        o.title = "a distribution";
        o.help = "A time that is drawn anew each time. A bare time (\"9m\") is always that time.";
        o.fields = {
            {"dist",
             {word({"constant", "lognormal", "exponential", "uniform", "normal", "gamma", "weibull"})},
             "The family of the distribution. Leave it out for an empirical one (file and column).",
             "",
             false},
            {"value", {form(Form::time)}, "constant: always this.", "", false},
            {"median", {positive_time()}, "lognormal: half of all draws lie below; with sigma.", "", false},
            {"sigma", {number(0, 100)}, "lognormal: standard deviation of the logarithm.", "", false},
            {"p50", {positive_time()}, "lognormal, normal, weibull: the median; with p95.", "", false},
            {"p95", {positive_time()}, "lognormal, normal, weibull: 95 % of all draws lie below; with p50.", "", false},
            {"mean",
             {positive_time()},
             "lognormal, normal, gamma: the mean, with cv (normal: or sd). exponential: the mean.",
             "",
             false},
            {"cv", {number(0, 100, true)}, "lognormal, normal, gamma: standard deviation over mean.", "", false},
            {"sd", {form(Form::time)}, "normal: standard deviation. Draws below zero count as zero.", "", false},
            {"low", {form(Form::time)}, "uniform: the least value.", "", false},
            {"high", {form(Form::time)}, "uniform: the largest value.", "", false},
            {"shape", {number(0, 1e6, true)}, "gamma, weibull: the shape; with scale.", "", false},
            {"scale", {positive_time()}, "gamma, weibull: the scale.", "", false},
            {"file",
             {form(Form::file)},
             "empirical: a CSV file with a header; draws are values of its column.",
             "",
             false},
            {"column", {form(Form::name, "the name of a column")}, "empirical: the column, in seconds.", "", false},
            {"where",
             {document::object(where)},
             "empirical: only rows that hold these values in these columns.",
             "all rows",
             false},
        };
        return o;
    }();
    return object;
}

const std::vector<DistributionForm>& distribution_forms() {
    static const std::vector<DistributionForm> forms = {
        {"constant", {"value"}, {}},       {"lognormal", {"median", "sigma"}, {}}, {"lognormal", {"p50", "p95"}, {}},
        {"lognormal", {"mean", "cv"}, {}}, {"exponential", {"mean"}, {}},          {"uniform", {"low", "high"}, {}},
        {"normal", {"mean", "sd"}, {}},    {"normal", {"mean", "cv"}, {}},         {"normal", {"p50", "p95"}, {}},
        {"gamma", {"mean", "cv"}, {}},     {"gamma", {"shape", "scale"}, {}},      {"weibull", {"shape", "scale"}, {}},
        {"weibull", {"p50", "p95"}, {}},   {"", {"file", "column"}, {"where"}},
    };
    return forms;
}

void check_distribution(const View& view, Errors& errors) {
    std::vector<std::string> present;
    for (const Member& member : view.node->members) {
        if (member.key != "dist" && member.key != "notes") present.push_back(member.key);
    }
    const Node* dist = view.node->find("dist");
    const std::string name = dist != nullptr ? dist->text : "";
    const bool known = std::any_of(distribution_forms().begin(), distribution_forms().end(),
                                   [&](const DistributionForm& form) { return matches(form, name, present); });
    if (!known) {
        const std::string here = present.empty() ? "nothing" : and_list(present);
        errors.add(view,
                   dist != nullptr ? fmt::format("{} is given {}", name, here)
                                   : fmt::format("a distribution without \"dist\" is given {}", here),
                   "",
                   dist != nullptr ? fmt::format("{} takes {}", name, forms_of(name))
                                   : "dist is missing, or: " + forms_of("") + " of an empirical one");
        return;
    }
    if (has(view, "low") && time_of(view, "high") < time_of(view, "low"))
        errors.add(*view.find("high"), "high is below low");
    const bool strictly = name == "weibull";
    if (has(view, "p95") &&
        (time_of(view, "p95") < time_of(view, "p50") || (strictly && time_of(view, "p95") == time_of(view, "p50")))) {
        errors.add(*view.find("p95"), strictly ? "p95 is not above p50" : "p95 is below p50");
    }
}

Distribution make_distribution(const View& view) {
    Distribution out;
    if (view.node->kind == Node::Kind::text) {
        out.a = seconds(*units::read_time(view.node->text).value);
        return out;
    }
    const Node* dist = view.node->find("dist");
    const std::string name = dist != nullptr ? dist->text : "empirical";
    if (name == "constant") {
        out.a = time_of(view, "value");
    } else if (name == "lognormal") {
        return lognormal(view);
    } else if (name == "normal") {
        return normal(view);
    } else if (name == "exponential") {
        out.kind = Distribution::Kind::exponential;
        out.a = time_of(view, "mean");
    } else if (name == "uniform") {
        out.kind = Distribution::Kind::uniform;
        out.a = time_of(view, "low");
        out.b = time_of(view, "high");
    } else if (name == "empirical") {
        out.kind = Distribution::Kind::empirical;
    } else {
        return gamma_or_weibull(view, name == "gamma");
    }
    return out;
}

}  // namespace gatesim::document
