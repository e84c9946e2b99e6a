# shellcheck shell=bash
#
# Scenarios and comparisons that several tests of the command line use. Sourced after support.sh.

a_scenario() {
    cat >small.json <<'END'
{"title": "Small", "period": {"length": "2d"}, "replications": 4,
 "load": {"arrivals": {"rate": "60/day"}, "after_ejection": {"retry": "100%", "after": "1h", "max": 3}},
 "jobs": {"unit": {"duration": {"dist": "lognormal", "median": "12m", "sigma": 0.3}}, "full": {"duration": "40m", "flake": "3%"}},
 "pools": {"default": {"nodes": 30, "boot": "2m"}}, "failures": {"defect": "5%"}}
END
}
