#include "command/learner_name.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "scenario/read_json.hpp"

namespace gatesim {

std::string clean_name(const std::string& text) {
    if (!document::is_utf8(text)) return "";
    constexpr std::size_t kLongest = 60;
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
    while (out.size() > kLongest) {  // by whole characters
        while ((static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
        out.pop_back();
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    while (!out.empty() && out.front() == ' ') out.erase(0, 1);
    return out;
}

bool is_nobodys(const std::string& name) {
    static const std::set<std::string> kShared = {
        "",         "root",    "user",  "admin",  "administrator", "ubuntu", "debian",    "fedora", "centos", "alpine",
        "learner",  "student", "guest", "test",   "tester",        "dev",    "developer", "vscode", "node",   "app",
        "ec2-user", "vagrant", "pi",    "runner", "codespace",     "gitpod", "jovyan",    "coder",  "work",   "nobody"};
    std::string small = name;
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
    while (!small.empty() && (std::isdigit(static_cast<unsigned char>(small.back())) || small.back() == '-'))
        small.pop_back();  // student01, learner-7
    return kShared.count(small) > 0;
}

}  // namespace gatesim
