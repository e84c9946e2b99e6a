// The field table: who goes first where not all can go on. Concurrency groups of jobs, grants of nodes and semaphores.
#include "scenario/field.hpp"

namespace gatesim::document {

const Object& concurrency_object() {
    static const Object object = [] {
        Object o;
        o.title = "a concurrency group in use";
        o.fields = {
            {"group",
             {form(Form::name, "the name of a group")},
             "Its name; {change}, {branch}, {project} and {job} stand for those of the run. GitHub keeps the groups of "
             "projects apart: \"{project}-deploy\".",
             "",
             true},
            {"cancel_in_progress",
             {form(Form::flag)},
             "Whether a run that comes also displaces the one that goes on, and not only the one that waits.",
             "false",
             false},
        };
        return o;
    }();
    return object;
}

Shape grants() {
    return word({"in_order_asked", "in_order_of_queue"});
}

const Object& semaphores_object() {
    static const Object semaphore = [] {
        Object o;
        o.title = "a semaphore";
        o.fields = {
            {"limit", {count(1, 1e6)}, "How many builds may hold it at once.", "1", false},
            {"grants",
             {grants()},
             "Who gets it first of those that wait for it. in_order_asked: who is looked at first when it is free. "
             "in_order_of_queue: who stands further ahead in its queue, whenever it asked; of different queues, who "
             "asked first.",
             "in_order_asked",
             false},
        };
        return o;
    }();
    static const Object object =
        map_of("semaphores", {count(1, 1e6), document::object(semaphore)}, "the semaphore's name");
    return object;
}

}  // namespace gatesim::document
