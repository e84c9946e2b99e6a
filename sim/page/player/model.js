// A replay with what one asks of it at an instant: who stands where, on top of whom, why not moving, which nodes are busy.
// An instant is a tick; it means the end of that tick, when all that happens in it has happened.

import {listed} from './moments.js';

export const within = (from, until, t) => from <= t && t < until;

// Steps: the sum of all [time, change] until then. Times of one tick are one step.
export function stepsOf(changes) {
    changes.sort((a, b) => a[0] - b[0]);
    const times = [], values = [];
    let sum = 0;
    for (const [time, change] of changes) {
        sum += change;
        if (times.length && times.at(-1) === time) values[values.length - 1] = sum;
        else times.push(time), values.push(sum);
    }
    return {times, values, max: values.reduce((a, b) => Math.max(a, b), 0)};
}

// Index of the last time that is not after t; -1 = none.
export function lastAt(times, t) {
    let low = 0, high = times.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (times[middle] <= t) low = middle + 1;
        else high = middle;
    }
    return low - 1;
}

export const valueAt = (steps, t) => steps.values[lastAt(steps.times, t)] ?? 0;

const median = list => list.sort((a, b) => a - b)[list.length >> 1];

function group(list, count, key) {
    const groups = Array.from({length: count}, () => []);
    for (const row of list) for (const at of [key(row)].flat()) groups[at]?.push(row);
    return groups;
}

// For each of some attempts a lane, so that no two that are open at the same time share one; at most so many.
const MOST_LANES = 5;
export function lanesOf(attempts) {
    const free = [], of = attempts.map(a => {
        let lane = free.findIndex(until => until <= a.opened);
        if (lane < 0) lane = free.length < MOST_LANES ? free.length : MOST_LANES - 1;
        free[lane] = Math.max(free[lane] ?? 0, a.ended);
        return lane;
    });
    return {of, count: Math.max(1, free.length)};
}

export class Model {
    constructor(r) {
        Object.assign(this, r);
        this.attemptsOf = group(r.attempts, r.stays.length, a => a.stays);
        this.branches = r.queues.map(q => this.branchOf(q.row));
        this.lanes = this.attemptsOf.map(lanesOf);
        this.buildsOf = group(r.builds, r.attempts.length, b => b.attempt);
        this.waitsOf = group(r.waits, r.stays.length, w => w.stay);
        this.staysOf = group(r.stays, r.changes.length, s => s.change);
        this.resetsOf = group(r.resets, r.queues.length, x => x.queue);
        this.ordered = r.queues.map(q => this.order(r.stays.filter(s => s.queue === q.row)));
        this.arrows = this.resetsOf.map(list => list.map(x => this.arrow(x)).filter(Boolean));
        this.lengths = this.ordered.map(list => stepsOf(list.flatMap(s => [[s.entered, 1], [s.left, -1]])
            .filter(([time]) => time !== Infinity)));
        this.busy = r.pools.map(p => stepsOf([...r.builds, ...r.holdings].filter(n => n.pool === p.row)
            .flatMap(n => [[n.granted, n.nodes], [n.released, -n.nodes]]).filter(([time]) => time !== Infinity)));
        const lasted = group(r.builds.filter(b => this.words[b.result] === 'success'), r.jobs.length, b => b.job);
        this.usual = lasted.map(list => list.length ? median(list.map(b => b.end - b.start)) : 0);
    }

    // Tests of the branch vouch for nobody in the queue; they have a row of their own.
    branchOf(queue) {
        const probes = this.attempts.filter(a => a.queue === queue && !a.stays.length);
        if (!probes.length) return null;
        const row = {row: this.attemptsOf.length, queue, change: -1, branch: true, entered: probes[0].opened, left: Infinity, outcome: -1, position: -1};
        this.attemptsOf.push(probes);
        return row;
    }

    word(index) {
        return this.words[index] ?? '';
    }
    label(change) {
        return this.changes[change]?.label ?? '';
    }

    // All that ever stood in a queue, so that who stands there at any instant stands there in the queue's order. Nobody
    // overtakes in the list, so the order of those who met can be made into one.
    order(stays) {
        const moves = stays.flatMap(s => [[s.entered, 1, s], [s.left, 0, s]]);
        moves.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2].row - b[2].row);
        const all = {next: null}, present = [];
        let tail = all;
        for (const [, enters, stay] of moves) {
            if (!enters) {
                if (present.includes(stay)) present.splice(present.indexOf(stay), 1);
                continue;
            }
            const place = Math.min(stay.place - 1, present.length);
            const behind = place > 0 ? present[place - 1] : present.length ? null : tail;
            if (behind) stay.next = behind.next, behind.next = stay;
            else stay.next = all.next, all.next = stay;
            if (!stay.next) tail = stay;
            if (stay.left > stay.entered) present.splice(place, 0, stay);
        }
        const list = [];
        for (let s = all.next; s; s = s.next) s.position = list.length, list.push(s);
        return list;
    }

    // A reset as stays: whose failure, who was hit, and where in the queue they are, from lowest to highest.
    arrow(reset) {
        const there = change => this.staysOf[change]?.find(s => s.queue === reset.queue && within(s.entered, s.left + 1, reset.at));
        const from = there(reset.cause), hit = reset.changes.map(there).filter(Boolean);
        if (!from || !hit.length) return null;
        const places = [from, ...hit].map(s => s.position);
        return {reset, from, hit, low: Math.min(...places), most: Math.max(...places)};
    }

    inQueue(queue, t) {
        return (this.ordered[queue] ?? []).filter(s => within(s.entered, s.left, t));
    }
    window(queue, t) {
        let size = 0;
        for (const w of this.windows) {
            if (w.at > t) break;
            if (w.queue === queue) size = w.size;
        }
        return size;
    }

    // Whom an attempt vouches for, front first; of a test of the branch the last that landed in it.
    members(attempt) {
        return attempt.stays.length ? attempt.stays.map(s => this.stays[s].change) : [attempt.change];
    }
    // Tests of the branch that run.
    probesAt(queue, t) {
        const row = this.branches[queue];
        return row ? this.attemptsOf[row.row].filter(a => within(a.opened, a.ended, t)) : [];
    }
    // The attempts that vouch for a stay and are open, the last opened first.
    openOf(stay, t) {
        return this.attemptsOf[stay.row].filter(a => within(a.opened, a.ended, t)).reverse();
    }
    // Of the open ones the one that the reason speaks of: that of the build it waits for. Without one, the last opened.
    shownOf(stay, t) {
        const open = this.openOf(stay, t), build = this.builds[this.waitOf(stay, t)?.build];
        return open.find(a => a.row === build?.attempt) ?? open[0];
    }
    // The changes below an attempt's own, front first: the last of those that the attempt ahead has.
    chainOf(attempt) {
        const chain = [];
        let a = attempt;
        for (; a.ahead >= 0 && chain.length < attempt.depth; a = this.attempts[a.ahead]) chain.unshift(this.attempts[a.ahead].change);
        return a.ahead < 0 ? [...a.chain, ...chain].slice(-attempt.depth || Infinity) : chain;
    }
    waitOf(stay, t) {
        return this.waitsOf[stay.row].find(w => within(w.from, w.until, t));
    }
    // With `begins`, as the beginning of a line: its first letter is a capital, if it is not that of a name.
    sentence(row, own, begins) {
        const fill = ['', this.label(row.cause), this.label(own), this.jobs[row.job], this.pools[row.pool]?.name, this.word(row.semaphore)];
        const text = this.sentences[row.sentence] ?? '';
        return (begins ? text.charAt(0).toUpperCase() + text.slice(1) : text).replace(/[\x01-\x05]/g, gap => fill[gap.charCodeAt(0)] ?? '');
    }
    reason(stay, t, begins) {
        const wait = this.waitOf(stay, t);
        return wait ? this.sentence(wait, stay.change, begins) || this.word(wait.why).replaceAll('_', ' ') : '';
    }
    // The reason with all whom it concerns: not only the first job that runs, and not just "others".
    told(stay, t, begins) {
        const wait = this.waitOf(stay, t), why = this.word(wait?.why), plain = this.reason(stay, t, begins);
        if (why === 'not_its_turn') {
            const first = this.testedAt(stay.queue, t).filter(c => c !== stay.change);
            return first.length ? `${plain}: ${listed(first.map(c => this.label(c)))}` : plain;
        }
        if (why !== 'testing' && why !== 'still_running') return plain;
        const a = this.attempts[this.builds[wait.build]?.attempt] ?? this.shownOf(stay, t), ends = j => j.build.start + j.usual;
        const run = a ? this.jobsAt(a, t).filter(j => j.state === 'running' && j.build.voting) : [];
        if (run.length < 2) return plain;
        run.sort((x, y) => ends(y) - ends(x));
        const text = `${plain.slice(0, plain.indexOf(':') + 1)} ${listed(run.map(j => j.name))}`;
        return run.every(j => j.usual) ? `${text}; ${run[0].name} is expected to end last` : text;
    }
    // Changes of a queue whose tests run.
    testedAt(queue, t) {
        const key = `${queue} ${t}`;
        if (key !== this.testedKey) {
            this.testedKey = key;
            this.testedNow = this.inQueue(queue, t).filter(s => this.openOf(s, t).some(a => a.tested > t)).map(s => s.change);
        }
        return this.testedNow;
    }
    // Whether it is known by then that the verdict on an attempt is bad: it may be, long before all its jobs are over.
    failed(attempt, t) {
        return Boolean(this.redBuild(attempt, t)) || (attempt.tested <= t && ['red', 'conflict'].includes(this.word(attempt.result)));
    }
    redBuild(attempt, t) {
        return this.buildsOf[attempt.row].find(b => b.voting && b.end <= t && this.isRed(b));
    }
    isRed(build) {
        return ['failure', 'timeout', 'retry_limit', 'node_failure'].includes(this.word(build.result));
    }

    // For each job of an attempt its build that counts at t: the last that has started, else the next that will.
    jobsAt(attempt, t) {
        const jobs = new Map();
        for (const b of this.buildsOf[attempt.row]) if (b.start <= t || !jobs.has(b.job)) jobs.set(b.job, b);
        return [...jobs.values()].map(b => ({
            build: b, name: this.jobs[b.job], usual: this.usual[b.job],
            state: b.end <= t ? this.word(b.result) : b.start <= t ? 'running' : b.requested <= t ? 'asked' : 'later',
            elapsed: b.end <= t ? b.end - b.start : b.start <= t ? t - b.start : t - b.requested,
        }));
    }

    // Everything of an instant as plain data, `seconds` since the start: for tests.
    at(seconds) {
        const t = Math.floor(seconds / this.unit + 1e-6), queues = {}, nodes = {};
        for (const q of this.queues)
            queues[`${q.pipeline}/${q.name}`] = this.inQueue(q.row, t).map(s => {
                const open = this.openOf(s, t), wait = this.waitOf(s, t);
                return {item: s.number, shown: this.shownOf(s, t)?.number ?? null, told: this.told(s, t), change: this.changes[s.change].name, patchset: s.patchset,
                    attempt: open.length ? open[0].number : null, attempts: open.map(a => a.number),
                    why: wait ? this.word(wait.why) : '', reason: this.reason(s, t)};
            });
        for (const p of this.pools) nodes[p.name] = valueAt(this.busy[p.row], t);
        return {at: t * this.unit, queues, nodes};
    }
}
