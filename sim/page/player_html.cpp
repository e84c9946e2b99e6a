#include "page/player_html.hpp"

#include <fmt/format.h>

#include "model/markup.hpp"
#include "page/columns.hpp"
#include "page/pack.hpp"
#include "page/player_files.hpp"

namespace gatesim::page {

namespace {

std::string joined(const std::vector<std::string_view>& pieces) {
    std::string out;
    for (const std::string_view piece : pieces) out += piece;
    return out;
}

/// The player is three times smaller compressed, and who cannot decompress it could not read the replay either.
constexpr std::string_view kLoader = R"((async()=>{const host=document.getElementById("replay");try{
const code=Uint8Array.from(atob(document.getElementById("gr-code").textContent),c=>c.charCodeAt(0));
const script=document.createElement("script");
script.textContent=await new Response(new Blob([code]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
host.append(script);}catch(error){const p=document.createElement("p");p.setAttribute("role","alert");
p.textContent="The replay needs a newer browser, of 2023 or later. The pictures and tables of this page say the same.";
host.append(p);}})();)";

}  // namespace

std::string player_html(std::span<const Replay> gates) {
    std::string out = fmt::format(
        "<section id=\"replay\" class=\"gr\" aria-labelledby=\"replay-title\">\n<style>{}</style>\n"
        "<h2 id=\"replay-title\">Replay</h2>\n<noscript><p>The replay needs scripts, which are off here. The pictures "
        "and "
        "tables of this page say the same without them.</p></noscript>\n",
        joined(player_style_pieces()));
    // Data, not a script: nothing runs it. Base64 has no character that could end the element.
    for (const Replay& gate : gates)
        out += fmt::format("<script type=\"text/plain\" class=\"gr-pack\">{}</script>\n", pack(gate));
    const std::string script = "(function(){\"use strict\";" + joined(player_script_pieces()) + "\n})();";
    out += fmt::format("<script type=\"text/plain\" id=\"gr-code\">{}</script>\n<script>{}</script>\n</section>\n",
                       base64(gzipped(script)), kLoader);
    return out;
}

std::string player_page(const std::string& title, std::span<const Replay> gates) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{1}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<style>:root{{background:#fff;color:#1b1e28}}@media(prefers-color-scheme:dark){{:root{{background:#14161c;"
        "color:#e8eaf0}}}}"
        "body{{margin:0 auto;max-width:1280px;padding:8px 16px;font:16px/1.4 system-ui,sans-serif}}"
        "@media(max-width:600px){{body{{padding:8px}}}}</style></head>\n<body><main><h1>{0}</h1>\n{2}</main></body></"
        "html>\n",
        escaped_markup(title), kPagePolicy, player_html(gates));
}

}  // namespace gatesim::page
