// What is said of a moment, a test and a wait: in the words of the record, and with all whom it concerns.
import {valueAt} from './model.js';
import {counted, listed} from './moments.js';

const TRUTHS = {
    own_defect: 'a defect of its own', flake: 'a flake, nothing is wrong with it', defect_ahead: 'a defect of a change ahead of it',
    defect_on_branch: 'a defect that had landed', semantic_conflict: 'a semantic conflict with another change',
    infrastructure: 'trouble of the machines', timeout: 'the time limit', textual_conflict: 'a merge conflict',
    clash_ahead: 'a semantic conflict of two changes ahead of it', displaced: 'a newer run of its concurrency group, nothing is wrong with it',
};
export const truthOf = word => word ? TRUTHS[word] ?? word.replaceAll('_', ' ') : '';
// Of the state that a build tests: of several changes the record names the last, and means one of them.
export function truthOfBuild(m, b) {
    const truth = m.word(b.really), a = m.attempts[b.attempt];
    if (a && m.members(a).length > 1) {
        if (truth === 'defect_ahead') return a.depth ? 'a defect of one of them, or of a change ahead' : 'a defect of one of them';
        if (truth === 'clash_ahead') return 'a semantic conflict of two of them';
        if (truth === 'own_defect') return `a defect of ${m.label(a.change)}`;
    }
    if (a && !a.stays.length && ['own_defect', 'defect_ahead'].includes(truth)) return 'a defect that had landed';
    return truthOf(truth);
}

const verb = (n, one, many) => n === 1 ? one : many;
const labels = (m, changes) => listed(changes.map(c => m.label(c)));
// "api-103", "api-103 and web-104, tested together,", "the branch up to api-103,": what an attempt is a test of.
function tested(m, a) {
    const all = m.members(a);
    return !a.stays.length ? `the branch up to ${m.label(a.change)}` : labels(m, all) + (all.length > 1 ? ', tested together,' : '');
}
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

// The moment in a sentence or two.
export function sayMoment(m, moment, clock) {
    const k = moment.kinds, said = [], who = list => labels(m, list.map(s => s.change));
    for (const x of k.reset ?? []) said.push(sayReset(m, x, clock));
    const told = new Set((k.reset ?? []).map(x => x.build)), failing = new Set();
    for (const b of k.red ?? []) {
        if (told.has(b.row) || failing.has(b.attempt) || failing.size > 2) continue;
        failing.add(b.attempt);
        said.push(`\u2717 ${failsText(m, m.attempts[b.attempt], b)}.`);
    }
    const atOnce = s => s.entered === s.left, landed = (k.landed ?? []).filter(s => !atOnce(s)), through = (k.landed ?? []).filter(atOnce);
    if (through.length) said.push(`\u2713 ${who(through)} ${verb(through.length, 'enters and lands', 'enter and land')} at once.`);
    if (landed.length) said.push(`\u2713 ${who(landed)} landed.`);
    for (const s of (k.out ?? []).slice(0, 2)) {
        const why = m.sentence(s, s.change);
        said.push(`${m.label(s.change)} leaves without landing${why ? ': ' + why : ''}.`);
    }
    if ((k.out ?? []).length > 2) said.push(`${counted(k.out.length - 2, 'other')} ${verb(k.out.length - 2, 'leaves', 'leave')} without landing.`);
    const entered = (k.entered ?? []).filter(s => !through.includes(s));
    if (entered.length && said.length < 3) said.push(sayEntered(m, entered, moment.t));
    if (!said.length && k.opened) {
        const rest = k.opened.length - 2;
        said.push(...k.opened.slice(0, 2).map(a => sayOpened(m, a)));
        if (rest > 0) said.push(`${counted(rest, 'other test')} ${verb(rest, 'begins', 'begin')}.`);
    }
    return [...new Set(said)].join(' ');
}
function sayEntered(m, list, t) {
    if (list.length > 1) return `${labels(m, list.map(s => s.change))} enter the queue.`;
    // Who left at the same instant was there when it entered.
    const s = list[0], of = Math.max(s.place, valueAt(m.lengths[s.queue], t));
    return `${m.label(s.change)} enters the queue, at place ${s.place} of ${of}.`;
}
export function sayOpened(m, a) {
    if (!a.stays.length) return `${capital(tested(m, a))} is tested.`;
    const chain = m.chainOf(a), all = m.members(a);
    return `${labels(m, all)} ${verb(all.length, 'is tested', 'are tested together')} on top of ${chain.length ? m.label(chain.at(-1)) : 'the branch'}.`;
}
function failsText(m, a, b, inside = '') {
    const truth = truthOfBuild(m, b), many = a.stays.length > 1;
    return inside ? `${tested(m, a)} ${many ? 'fail' : 'fails'} (job ${m.jobs[b.job]}${truth ? '; in truth: ' + truth : ''})`
        : `${a.stays.length ? tested(m, a) : capital(tested(m, a))} ${many ? 'fail' : 'fails'}: job ${m.jobs[b.job]}${truth ? ` (in truth: ${truth})` : ''}`;
}

// How those who are reset stood to the one who is the cause.
const STOOD = {ahead_failing: 'tested on top of', ahead_left: 'tested on top of', ahead_removed: 'tested on top of', ahead_changed: 'tested on top of',
    refuted: 'tested on top of', branch_moved: 'tested without', need_failing: 'which needs', need_gone: 'which needs'};
const BEGINS = {ahead_left: 'left without landing', ahead_removed: 'was taken out', refuted: 'will not land', ahead_failing: 'is failing', ahead_changed: 'is tested on something else now',
    need_failing: 'is failing', need_gone: 'is neither here nor landed'};

function sayReset(m, x, clock) {
    const why = m.word(x.why), build = m.builds[x.build], culprit = m.label(x.cause), a = build && m.attempts[build.attempt];
    const begins = a && why === 'ahead_failing' && m.members(a).includes(x.cause) ? failsText(m, a, build, 'in a reset')
        : culprit && why === 'ahead_failing' && x.job >= 0 ? `${culprit} fails (job ${m.jobs[x.job]}${x.really >= 0 ? '; in truth: ' + truthOf(m.word(x.really)) : ''})`
        : culprit && BEGINS[why] ? `${culprit} ${BEGINS[why]}` : m.sentence(x, -1, true);
    const several = a && why === 'ahead_failing' && m.members(a).length > 1;
    const stood = culprit && STOOD[why] ? `, ${STOOD[why]} ${several ? 'them' : 'it'},` : '';
    return `\u21af Reset: ${begins}. ${fates(m, x, stood)} Thrown away: ${counted(x.builds, 'build')}, ${clock.length(x.nodeTime)} of node time.`;
}
// What becomes of those who are reset, as the record has it: who is tested anew at once, who waits and why, who is gone.
function fates(m, x, stood) {
    const again = [], gone = [], waits = new Map();
    for (const change of x.changes) {
        const stay = m.staysOf[change]?.find(s => s.queue === x.queue && s.entered <= x.at && x.at < s.left);
        if (!stay) gone.push(change);
        else if (m.attemptsOf[stay.row].some(a => a.opened === x.at)) again.push(change);
        else {
            const why = m.told(stay, x.at);
            waits.set(why, [...waits.get(why) ?? [], change]);
        }
    }
    const parts = [];
    if (again.length) parts.push(`${labels(m, again)}${stood} ${verb(again.length, 'starts', 'start')} again.`);
    for (const [why, list] of [...waits].slice(0, 2))
        parts.push(`${labels(m, list)}${again.length ? '' : stood} ${verb(list.length, 'loses its', 'lose their')} tests and ${verb(list.length, 'waits', 'wait')}${why ? ': ' + why : ''}.`);
    const others = [...waits.values()].slice(2).flat();
    if (others.length) parts.push(`${labels(m, others)} ${verb(others.length, 'waits', 'wait')}, too.`);
    if (gone.length) parts.push(`${labels(m, gone)} ${verb(gone.length, 'is', 'are')} gone.`);
    return parts.join(' ');
}
