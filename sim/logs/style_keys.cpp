#include "logs/style.hpp"

namespace gatesim::logs {

using F = StyleKey::Form;

const std::vector<std::string>& text_gaps() {
    static const std::vector<std::string> gaps{"n",    "hex", "uuid", "ip",     "path", "seconds",
                                               "word", "own", "node", "region", "job",  "change"};
    return gaps;
}

const std::vector<std::string>& line_gaps() {
    static const std::vector<std::string> gaps{"time", "level", "layer", "pid", "text", "n", "hex", "node", "job"};
    return gaps;
}

const std::vector<StyleKey>& style_keys() {
    static const std::vector<StyleKey> keys{
        {"name", F::text, "What the style is called."},
        {"layers", F::texts,
         "Logs that a build has. The first is where the job itself speaks; the others are services'."},
        {"line", F::text,
         "How a line is written, with gaps: {time}, {level}, {layer}, {text}, {pid}, {n}, {hex}, {node}, {job}. Layers "
         "are "
         "told apart by {layer}, or by headings. If {text} stands in quotes of JSON, it is escaped."},
        {"first_line", F::text, "The same for the first layer. Default: as line."},
        {"heading", F::text,
         "A line with {layer} above each layer: then layers stand one after another, not mixed by time."},
        {"time", F::text,
         "What {time} is: %Y %m %d %b (Jan) %e (day, without a zero) %H %M %S %f (milliseconds) %s (seconds since "
         "1970) %t "
         "(seconds since the build's start)."},
        {"levels", F::levels, "The words for debug, info, warning and error."},
        {"words", F::words, "What sentences are made of."},
        {"noise", F::noise, "What good runs say as well."},
        {"trace", F::texts,
         "Lines of a trace: its head, lines that come again for each frame, its end, in which {text} is the message. "
         "An empty "
         "list: there are no traces."},
        {"author", F::lists,
         "What shows that a change is wrong, as lists of lines of which one is taken; {own} is a name that the change "
         "brings."},
        {"failed", F::texts, "What every failed run says at its end."},
        {"planted", F::planted,
         "By the name of a race or a trouble: {\"layer\": …, \"lines\": […]}, instead of what the scenario says. A "
         "line with "
         "line ends in it is a trace."},
    };
    return keys;
}

const std::vector<StyleKey>& word_keys() {
    static const std::vector<StyleKey> keys{
        {"nouns", F::texts, "Things, at least ten."},
        {"verbs", F::texts, "What happens to them in good runs."},
        {"troubles", F::texts, "What happens to them in trouble."},
        {"joints", F::texts, "Words between two things."},
    };
    return keys;
}

const std::vector<StyleKey>& noise_keys() {
    static const std::vector<StyleKey> keys{
        {"kinds", F::whole, "Kinds of lines that many runs have."},
        {"rare_kinds", F::whole, "Kinds of lines that few runs have."},
        {"repeat", F::whole, "How often each comes in a run, as a factor."},
        {"errors", F::share, "Share of all runs, good ones too, that have the one error line."},
        {"traces", F::whole, "Kinds of traces that good runs have."},
        {"lines", F::texts,
         "Sentences beside those made up; gaps: {n}, {hex}, {uuid}, {ip}, {path}, {seconds}, {word}, {node}, "
         "{region}, {job}, {change}."},
    };
    return keys;
}

}  // namespace gatesim::logs
