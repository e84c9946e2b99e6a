// The queue at the cursor as a chain of items: who is tested on top of whom, which jobs run, why an item is not moving.
import {h} from './draw.js';
import {counted, listed} from './moments.js';

const FIRST = 12;

export class Chain {
    constructor(model, clock, act) {
        Object.assign(this, {model, clock, act, most: FIRST});
        this.head = h('p', {class: 'gr-queuehead'});
        this.list = h('ol', {class: 'gr-chain'});
        this.more = h('button', {type: 'button', class: 'gr-more', onclick: () => { this.most += 40; this.key = ''; act.redraw(); }});
        this.root = h('div', {}, this.head, this.list, this.more);
    }

    draw(view, rank) {
        const key = [rank, view.queue, view.change, this.most].join();
        if (key !== this.key) this.build(view);
        this.key = key;
        for (const refresh of this.running) refresh(view.t);
    }

    build(view) {
        const m = this.model, items = m.inQueue(view.queue, view.t), window = m.window(view.queue, view.t);
        this.running = [];
        this.head.textContent = items.length
            ? `${counted(items.length, 'change')} in the queue${window ? `, window ${window}` : ''}, front first`
            : 'Nobody is in the queue.';
        const shown = items.slice(0, this.most), mine = items.find(s => s.change === view.change);
        if (mine && !shown.includes(mine)) shown.push(mine);
        const cards = shown.map(s => this.describe(s, items, view));
        this.joinCards(cards);
        this.list.replaceChildren(...m.probesAt(view.queue, view.t).map(a => this.probe(a, view.t)), ...cards.map(c => this.card(c, view)));
        this.more.hidden = items.length <= shown.length;
        this.more.textContent = `${items.length - shown.length} more behind them: show`;
    }

    // A line from whom one is tested on top of, or together with, past those who failed in between.
    joinCards(cards) {
        for (const c of cards) c.rail = new Set(c.attempt && !c.failed ? [] : ['aside']);
        const main = cards.filter(c => c.attempt && !c.failed);
        main.forEach((c, n) => {
            const above = main[n - 1];
            if (!above || (c.still.at(-1) !== above.s.change && c.attempt !== above.attempt)) return;
            const from = cards.indexOf(above), to = cards.indexOf(c);
            for (let i = from; i <= to; ++i) {
                if (i > from) cards[i].rail.add('up');
                if (i < to) cards[i].rail.add('down');
            }
        });
    }

    describe(s, items, view) {
        const m = this.model, t = view.t, open = m.openOf(s, t), attempt = m.shownOf(s, t);
        const failed = attempt && m.failed(attempt, t);
        const jobs = attempt ? m.jobsAt(attempt, t) : [];
        const state = failed ? 'failed' : !attempt ? 'waits' : attempt.tested <= t ? 'passed' : jobs.some(j => j.state === 'running') ? 'tests' : 'waits';
        const here = new Set(items.map(i => i.change));
        const below = attempt ? m.chainOf(attempt) : [], still = below.filter(c => here.has(c));
        // Who starts again at this very instant.
        const again = attempt && attempt.opened === t && m.resetsOf[s.queue].some(x => x.at === t && x.changes.includes(s.change));
        return {s, place: items.indexOf(s) + 1, attempt, failed, jobs, state, still, open: open.length, again, since: m.waitOf(s, t)?.from ?? s.entered};
    }

    card(c, view) {
        const m = this.model, name = m.label(c.s.change), others = c.attempt ? c.attempt.stays.filter(i => i !== c.s.row) : [];
        const on = !c.attempt ? 'not tested now'
            : `on top of ${c.still.length ? c.still.length > 2 ? `${c.still.length} changes, last ${m.label(c.still.at(-1))}` : listed(c.still.map(x => m.label(x))) : 'the branch'}` +
              (others.length ? `, together with ${listed(others.map(i => m.label(m.stays[i].change)))}` : '') +
              (c.open > 1 ? `; ${counted(c.open - 1, 'other state')} tested as well` : '');
        return h('li', {class: `gr-item ${c.state}${c.again ? ' again' : ''}${c.s.change === view.change ? ' mine' : ''}`},
            h('span', {class: `gr-rail ${[...c.rail].join(' ')}`, 'aria-hidden': 'true'}, h('span', {class: 'gr-dot'}, {failed: '\u2717', passed: '\u2713'}[c.state] ?? '')),
            h('div', {class: 'gr-who'},
                h('button', {type: 'button', class: 'gr-namebutton', title: this.model.changes[c.s.change].name, onclick: () => this.act.follow(c.s.change)}, `${c.place}. ${name}`),
                h('span', {class: 'gr-on'}, on)),
            this.jobs(c.jobs),
            h('p', {class: 'gr-why'}, c.again ? '\u21af Starts again. ' : '', m.told(c.s, view.t, true), this.waiting(c, view)));
    }
    // A test of the branch, for what has landed already.
    probe(a, t) {
        const m = this.model, failed = m.failed(a, t);
        return h('li', {class: `gr-item ${failed ? 'failed' : 'tests'}`},
            h('span', {class: 'gr-rail aside', 'aria-hidden': 'true'}, h('span', {class: 'gr-dot'}, failed ? '\u2717' : '')),
            h('div', {class: 'gr-who'}, h('b', {}, 'The branch'), h('span', {class: 'gr-on'}, `up to ${m.label(a.change)}, which has landed`)), this.jobs(m.jobsAt(a, t)));
    }
    // Only who does not test: for how long the reason has held.
    waiting(c, view) {
        if (c.state === 'tests') return '';
        const span = h('span', {class: 'gr-since'});
        this.running.push(t => { span.textContent = t > c.since ? ` (for ${this.clock.length(t - c.since)})` : ''; });
        return span;
    }

    // Of many jobs those that passed are only counted: what is left is what one waits for.
    jobs(all) {
        const passed = all.filter(j => j.state === 'success'), few = all.length < 4;
        return [!few && passed.length > 0 && h('p', {class: 'gr-passed', title: passed.map(j => j.name).join(', ')}, `\u2713 ${passed.length} of ${counted(all.length, 'job')} passed`),
            h('div', {class: `gr-jobs${few ? ' few' : ''}`}, all.filter(j => few || j.state !== 'success').map(j => this.job(j)))];
    }
    job(j) {
        const red = this.model.isRed(j.build) && !['running', 'asked', 'later'].includes(j.state), text = h('span', {class: 'gr-jobtext'}), bar = h('span', {class: 'gr-fill'});
        const mark = {success: '\u2713', timeout: 'time limit', cancelled: 'stopped', retry: 'again', asked: 'waits for a node', later: 'later'}[j.state] ?? j.state;
        if (j.state === 'running') {
            this.running.push(t => {
                const elapsed = t - j.build.start;
                text.textContent = `${j.name} ${this.clock.part(elapsed, j.usual)}`;
                bar.style.width = `${j.usual ? Math.min(100, elapsed / j.usual * 100) : 50}%`;
            });
        } else {
            text.textContent = red ? `\u2717 ${j.name} ${j.state === 'failure' ? 'failed' : mark}` : `${j.name} ${mark}`;
            bar.style.width = ['asked', 'later'].includes(j.state) ? '0' : '100%';
        }
        return h('div', {class: `gr-job ${red ? 'red' : j.state}`}, text, h('span', {class: 'gr-track'}, bar));
    }
}
