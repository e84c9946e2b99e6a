// The field table: every key that a scenario may hold, once.
//
// From it come the check of a document (check.hpp), the JSON Schema (schema.hpp) and the descriptions (describe.hpp).
// What a value may be is a Shape; a place that takes several (a time or null) lists several, of which at most one is of
// each JSON type.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatesim::document {

enum class Form {
    object,        ///< `object` says which keys
    list,          ///< of `items`
    text,          ///< any text
    name,          ///< text that names something: not empty, no control characters
    word,          ///< one of `choices`
    flag,          ///< true or false
    count,         ///< a bare whole number
    number,        ///< a bare number
    share,         ///< "2%", up to 100%
    time,          ///< "45m"
    moment,        ///< a time since the period's start, or an ISO date
    instant,       ///< an ISO date
    rate,          ///< "83/day"
    hours,         ///< "Mo-Fr 9-17 Europe/Berlin", or one of `choices`
    days,          ///< "Mo-Fr"
    clock,         ///< a time of day: "9:30"
    price,         ///< "0.12 USD/h"
    pattern,       ///< an ECMAScript regular expression
    file,          ///< a file name, relative to the scenario's folder
    distribution,  ///< "9m", or an object that distribution_form.hpp describes
    strategy,      ///< a name, or an object with name and parameters
    null,
    any,
};

struct Object;

struct Shape {
    Form form = Form::any;
    double low = 0;         ///< count, number: smallest
    double high = 1e15;     ///< count, number: largest
    bool positive = false;  ///< number, time, rate: zero is not allowed
    std::vector<std::string> choices;
    const Object* object = nullptr;
    std::vector<Shape> items;  ///< what an element of a list may be
    std::string what;          ///< how messages call it, where the form alone says too little: "the name of a job"
};

using Shapes = std::vector<Shape>;

/// A key of an object.
struct Field {
    std::string name;
    Shapes shapes;
    std::string help;      ///< one or two sentences
    std::string fallback;  ///< what holds without it, in words or as it would be written
    bool required = false;
};

/// Keys that exclude each other.
struct Group {
    std::vector<std::string> keys;
    int least = 0;  ///< so many of them at least
    int most = 1;   ///< and at most
};

/// An object: its keys, and what any other key may hold.
struct Object {
    std::string title;  ///< "a job"; also its name in the schema
    std::vector<Field> fields;
    Shapes others;          ///< empty = any other key is an error
    std::string other_key;  ///< what another key is: "the job's name"
    std::string other_help;
    bool single = false;  ///< holds exactly one key (besides notes)
    std::vector<Group> groups;
    std::string help;

    const Field* find(std::string_view name) const;
    std::vector<std::string> names() const;
};

/// The scenario itself.
const Object& scenario_object();

// Parts of it, each in the file that is named after it (fields_*.cpp).
const Object& job_object();
const Object& job_entry_object();  ///< {"full": {overrides}}
Shape job_list();
Shape grants();
const Object& run_object();
const Object& concurrency_object();
const Object& semaphores_object();
const Object& load_object();
const Object& defaults_object();
const Object& period_object();
const Object& distribution_object();
const Object& pool_object();
/// The keys of a pool that lives.
void add_life_fields(std::vector<Field>& fields);
const Object& pipeline_object();
const Object& project_object();
const Object& queue_object();
const Object& template_object();
const Object& failures_object();
const Object& races_object();
const Object& prices_object();
const Object& signals_object();
const Object& observed_object();
const Object& facts_object();
const Object& timeline_object();
const Object& hold_object();
/// The shapes of a key for freezes or pauses: a hold_object() or hours of the week as text, or a list of these.
Shapes hold_shapes();
const Object& exempt_object();

/// A map from names to shapes of one kind, as an object without keys of its own.
Object map_of(std::string title, Shapes values, std::string key, std::string help = "");

// Short ways to write shapes.
Shape form(Form form, std::string what = "");
Shape count(double low, double high);
Shape number(double low, double high, bool positive = false);
Shape word(std::vector<std::string> choices);
Shape object(const Object& object);
Shape list(Shapes items);
Shape positive_time();

/// The object a shape holds its keys by: Form::object and Form::distribution have one.
const Object* object_of(const Shape& shape);

/// A place in the table.
struct Place {
    std::string pattern;             ///< "/jobs/*/duration"
    const Shapes* shapes;            ///< what may stand there
    const Field* field = nullptr;    ///< its field; nullptr for a map's value, a list's element or the root
    const Object* holder = nullptr;  ///< the object it is a key of
};

/// Finds a pointer ("/jobs/unit/duration", "/jobs/*/duration") in the table; nothing if it leads nowhere.
std::optional<Place> locate(std::string_view pointer);

/// Every pattern of the table, in reading order.
std::vector<std::string> all_patterns();

/// `text` split at "/", "~1" and "~0" resolved; nothing unless it is empty or begins with "/".
std::optional<std::vector<std::string>> split_pointer(std::string_view pointer);

}  // namespace gatesim::document
