// One change: its stays, what it waited for, its attempts and what became of them. Each line leads to its time.
import {h} from './draw.js';
import {counted, listed} from './moments.js';
import {within} from './model.js';
import {truthOfBuild} from './tell.js';

export class Story {
    constructor(model, clock, act, chain) {
        Object.assign(this, {model, clock, act, chain});
        this.root = h('div', {});
    }

    draw(view) {
        const m = this.model, key = [view.change, view.rank].join();
        if (key === this.key) return;
        this.key = key;
        if (view.change < 0) {
            this.root.replaceChildren(h('p', {}, 'No change is chosen: type a name into "Find", or choose one in the queue.'));
            return;
        }
        const change = m.changes[view.change], stays = m.staysOf[view.change];
        this.root.replaceChildren(h('h4', {}, change.label),
            h('p', {class: 'gr-full'}, change.name !== change.label ? change.name : '', change.author ? ` by ${change.author}` : ''),
            stays.length ? '' : h('p', {}, 'It never stood in a queue of the gate.'),
            ...stays.map((s, i) => this.stay(s, i, stays.length, view)));
    }

    line(t, view, until, cls, ...text) {
        return {t, text, cls: `${cls}${within(t, until, view.t) ? ' now' : ''}${t > view.t ? ' later' : ''}`};
    }
    // One button for all lines of an instant.
    item(line, before) {
        const time = this.clock.point(line.t);
        return h('li', {class: line.cls}, before && before.t === line.t ? h('span') : h('button', {type: 'button', onclick: () => this.act.seek(line.t), 'aria-label': `go to ${time}`}, time), h('span', {}, line.text));
    }

    others(a, s) {
        const rest = a.stays.filter(row => row !== s.row).map(row => this.model.label(this.model.stays[row].change));
        return rest.length ? ` together with ${listed(rest)}` : '';
    }
    // Its waits; while one attempt is tested, the jobs that end one after the other are one wait.
    waits(s) {
        const m = this.model, out = [];
        for (const w of m.waitsOf[s.row]) {
            const before = out.at(-1), attempt = m.builds[w.build]?.attempt, runs = ['testing', 'still_running'].includes(m.word(w.why));
            if (runs && before?.attempt === attempt && before.why === w.why && attempt !== undefined) {
                before.jobs.push(m.jobs[w.job]);
                before.until = w.until;
                before.text = before.text.replace(/: .*/s, `: ${[...new Set(before.jobs)].join(', ')}`);
            } else {
                out.push({from: w.from, until: w.until, why: w.why, text: m.sentence(w, s.change), ...(runs ? {attempt, jobs: [m.jobs[w.job]]} : {})});
            }
        }
        return out;
    }

    stay(s, i, of, view) {
        const m = this.model, lines = [];
        lines.push(this.line(s.entered, view, s.entered, '', `enters the queue at place ${s.place}`));
        for (const a of m.attemptsOf[s.row]) {
            const below = m.chainOf(a), red = m.redBuild(a, Infinity);
            lines.push(this.line(a.opened, view, a.ended, '', `tested${this.others(a, s)} on top of ${below.length ? m.label(below.at(-1)) + (below.length > 1 ? ` and ${counted(below.length - 1, 'change')} below it` : '') : 'the branch'}`));
            if (red) lines.push(this.line(red.end, view, red.end, 'bad', `\u2717 job ${m.jobs[red.job]} fails${red.really >= 0 ? ` (in truth: ${truthOfBuild(m, red)})` : ''}`));
            if (m.word(a.end) === 'thrown_away')
                lines.push(this.line(a.ended, view, a.ended, 'bad', `\u21af thrown away: ${counted(m.buildsOf[a.row].length, 'build')}${a.cause >= 0 ? `, because of ${m.label(a.cause)}` : ''}`));
        }
        for (const w of this.waits(s))
            lines.push(this.line(w.from, view, w.until, 'wait', `${w.text}${w.until < Infinity ? `, ${this.clock.length(w.until - w.from)}` : ''}`));
        if (s.left < Infinity) {
            const landed = m.word(s.outcome) === 'landed';
            lines.push(this.line(s.left, view, Infinity, landed ? 'good' : 'bad', landed ? '\u2713 landed' : `out: ${m.sentence(s, s.change)}`, ` after ${this.clock.length(s.left - s.entered)}`));
        }
        lines.sort((a, b) => a.t - b.t);
        return h('div', {}, of > 1 ? h('h5', {}, `Stay ${i + 1} of ${of}`) : '', h('ul', {class: 'gr-story'}, lines.map((line, i) => this.item(line, lines[i - 1]))));
    }
}
