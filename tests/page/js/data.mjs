// The data part of the player, in Node: tests/page/run data BUILD.
import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import test from 'node:test';
import {stepPath, scaleOf, ticksOf} from '../../../sim/page/player/draw.js';
import {lanesOf, lastAt, Model, stepsOf, valueAt} from '../../../sim/page/player/model.js';
import {clockOf, kindOf, listed, momentsOf} from '../../../sim/page/player/moments.js';
import {readPlace, writePlace} from '../../../sim/page/player/place.js';
import {inUnit} from '../../../sim/page/player/player.js';
import {sayMoment} from '../../../sim/page/player/tell.js';
import {Columns, unpackText} from '../../../sim/page/player/unpack.js';

const page = readFileSync(process.env.GATESIM_PAGE, 'utf8');
const modelOf = async html => new Model(await unpackText(html.match(/class="gr-pack">([^<]*)</)[1]));
const model = await modelOf(page), of = name => modelOf(readFileSync(`${process.env.GATESIM_PAGES}/${name}.html`, 'utf8'));
// What is said of the moment of a gate at so many minutes.
const said = (gate, minutes) => sayMoment(gate, momentsOf(gate).find(one => one.t * gate.unit === minutes * 60), clockOf(gate.unit, gate.startAt));
const clock = clockOf(model.unit, model.startAt), moments = momentsOf(model);

test('columns in all four ways', () => {
    // 1, 300, -2 as zigzag varints, as differences, in planes, and as differences in planes.
    assert.deepEqual(new Columns(Uint8Array.of(0, 3, 2, 216, 4, 3)).column(), [1, 300, -2]);
    assert.deepEqual(new Columns(Uint8Array.of(1, 3, 2, 214, 4, 219, 4)).column(), [1, 300, -2]);
    assert.deepEqual(new Columns(Uint8Array.of(2, 3, 2, 2, 88, 3, 0, 2, 0)).column(), [1, 300, -2]);
    assert.deepEqual(new Columns(Uint8Array.of(3, 3, 2, 2, 86, 91, 0, 2, 2)).column(), [1, 300, -2]);
    assert.deepEqual(new Columns(Uint8Array.of(2, 2, 0)).column(), [0, 0]);
});

test('quickstart is unpacked', () => {
    assert.equal(model.unit, 1);
    assert.equal(model.end, 3300);
    assert.equal(model.stays.length, 8);
    assert.equal(model.attempts.length, 11);
    assert.equal(model.builds.length, 33);
    assert.deepEqual(model.changes.map(c => c.author).slice(0, 3), ['ana', 'bo', 'cem']);
});

test('an instant: order, attempts, nodes, reasons', () => {
    const at = model.at(600), queue = at.queues['gate/product'];
    assert.deepEqual(queue.map(i => i.change), ['api-101', 'web-102', 'api-103', 'web-104', 'api-105']);
    assert.deepEqual(queue.map(i => i.attempt), [0, 1, 2, 5, 6]);
    assert.ok(queue.every(i => i.reason !== ''));
    assert.equal(at.nodes.default, 9);
    assert.deepEqual(model.at(599).queues['gate/product'].map(i => i.attempt), [0, 1, 2, 3, 4]);
    assert.deepEqual(model.at(3300).queues['gate/product'], []);
    assert.equal(model.at(3300).nodes.default, 0);
});

test('who stood in the queue when they entered stands where they entered', () => {
    const stay = (row, place, entered, left) => ({row, place, entered, left, queue: 0});
    // c enters between a and b; then, when a has left, d in front.
    const list = model.order([stay(0, 1, 0, 10), stay(1, 2, 0, 50), stay(2, 2, 5, 50), stay(3, 1, 10, 50), stay(4, 4, 10, 50)]);
    const at = t => list.filter(s => s.entered <= t && t < s.left).map(s => 'abcde'[s.row]).join('');
    assert.equal(at(5), 'acb');
    assert.equal(at(10), 'dcbe');
});

test('a chain goes through the attempts ahead', () => {
    assert.deepEqual(model.chainOf(model.attempts[4]).map(c => model.label(c)), ['api-101', 'web-102', 'api-103', 'web-104']);
    assert.deepEqual(model.chainOf(model.attempts[6]).map(c => model.label(c)), ['api-101', 'web-102', 'web-104']);
});

test('moments and what is said of them', () => {
    const reset = moments.find(one => one.kinds.reset);
    assert.equal(reset.t, 600);
    assert.equal(kindOf(reset), 'reset');
    assert.equal(sayMoment(model, reset, clock), '\u21af Reset: api-103 fails (job unit; in truth: a defect of its own). web-104 and api-105, tested on top of it, start again. ' +
        'Thrown away: 6 builds, 26 min of node time.');
    assert.equal(sayMoment(model, moments.find(one => one.t === 1200), clock), '\u2713 api-101 landed.');
    assert.equal(sayMoment(model, moments[0], clock), 'api-101 enters the queue, at place 1 of 1.');
});

test('who waits for the failed one is not said to start again', async () => {
    const gate = await of('cancel-behind');
    assert.equal(said(gate, 10), '\u21af Reset: api-103 fails (job unit; in truth: a defect of its own). web-104 and api-105, tested on top of it, ' +
        'lose their tests and wait: nothing starts behind api-103, which failed. Thrown away: 6 builds, 26 min of node time.');
});

test('several that are tested together are all named', async () => {
    const gate = await of('batch');
    assert.equal(said(gate, 40), 'web-102 and api-103 are tested together on top of the branch.');
    assert.equal(said(gate, 48), '\u2717 web-102 and api-103, tested together, fail: job unit (in truth: a defect of api-103).');
    assert.match(said(gate, 28), /^\u2717 web-102, api-103, web-104 and 2 more, tested together, fail: .*a defect of one of them/);
    assert.equal(said(gate, 160), '\u2713 api-105 and web-106 landed.');
});

test('who lands before the tests has no place in a queue, and tests of the branch are told as such', async () => {
    const gate = await of('post-merge');
    assert.equal(said(gate, 0), '\u2713 api-101 enters and lands at once.');
    assert.equal(said(gate, 45), 'The branch up to api-107 is tested.');
    assert.equal(said(gate, 53), '\u2717 The branch up to api-107 fails: job unit (in truth: a defect that had landed).');
    assert.deepEqual(gate.probesAt(0, 2800).map(a => a.number), [14]);
    for (const moment of momentsOf(gate)) assert.doesNotMatch(sayMoment(gate, moment, clock), /of 0/);
});

test('who landed first was not below those who start again', async () => {
    assert.match(said(await of('rebase-race'), 21), /api-101 landed first\. web-102, tested without it, starts again\./);
});

test('the attempt that is shown is the one that the reason speaks of', async () => {
    const gate = await of('tide');
    // Two states are open for api-103: a batch of four, and it alone; the reason is about a build of one of them.
    let apart = 0;
    for (let t = 0; t < gate.end; t += 10)
        for (const s of gate.inQueue(0, t)) {
            const wait = gate.waitOf(s, t), build = gate.builds[wait?.build];
            if (!build || !gate.openOf(s, t).some(a => a.row === build.attempt)) continue;
            assert.equal(gate.shownOf(s, t).row, build.attempt);
            apart += gate.openOf(s, t)[0].row !== build.attempt;
        }
    assert.ok(apart > 0, 'otherwise nothing is tried');
});

test('a reason names all whom it concerns', async () => {
    const told = model.at(130).queues['gate/product'].map(i => i.told);
    assert.equal(told[0], 'its tests run: system and unit; system is expected to end last');
    const serial = await of('batch');
    assert.ok(serial.at(3000).queues['gate/product'].some(i => i.told === 'others are tested first: web-102 and api-103'), JSON.stringify(serial.at(3000)));
});

test('jobs of an attempt at an instant', () => {
    const jobs = model.jobsAt(model.attempts[2], 700);
    assert.deepEqual(jobs.map(j => `${j.name} ${j.state} ${j.elapsed}/${j.usual}`), ['lint success 120/120', 'unit failure 480/480', 'system running 580/1200']);
});

test('steps', () => {
    const steps = stepsOf([[5, 1], [0, 2], [5, -2]]);
    assert.deepEqual(steps, {times: [0, 5], values: [2, 1], max: 2});
    assert.equal(valueAt(steps, -1), 0);
    assert.equal(valueAt(steps, 4), 2);
    assert.equal(lastAt([1, 2, 2, 3], 2), 2);
});

test('a path has no more points than pixels', () => {
    const steps = stepsOf(Array.from({length: 10000}, (_, i) => [i, i % 2 ? -1 : 1])), view = {from: 0, to: 10000, end: 10000};
    const path = stepPath(steps, scaleOf(view, 0, 100), v => 10 - v, 0, 10000, -1);
    assert.ok(path.split('H').length <= 103, path);
    assert.ok(path.includes('V9') && path.includes('V10'));
});

test('an axis has round times', () => {
    assert.deepEqual(ticksOf({from: 0, to: 3300}, 1, null, 500), [0, 600, 1200, 1800, 2400, 3000]);
    const dated = ticksOf({from: 0, to: 86400}, 1, 1372032000 + 1800, 600);
    assert.ok(dated.every(t => (t + 1800) % 3600 === 0), 'full hours of the clock, not of the run');
});

test('times as people write them', () => {
    assert.equal(clock.point(605), '0:10');
    assert.equal(clock.point(605, true), '0:10:05');
    assert.equal(clock.point(200000), '2d 7:33');
    assert.equal(clockOf(.001, 1372032000).point(58560856), '24 Jun 16:16');
    assert.equal(clock.length(35), '35 s');
    assert.equal(clock.length(5400), '90 min');
    assert.equal(clock.length(8520), '2 h 22 min');
    assert.equal(clock.part(480, 1200), '8/~20 min');
    assert.equal(listed(['a', 'b', 'c', 'd', 'e', 'f']), 'a, b, c and 3 more');
});

test('the address keeps a moment', () => {
    const place = {at: 600.5, scope: 'change', change: 'nova/I1 & <b>', from: 0, to: 3300, follow: true};
    const read = readPlace(writePlace(place));
    assert.deepEqual(read, place);
    assert.deepEqual(readPlace('#at=never&scope=moon'), {follow: false});
    assert.deepEqual(readPlace(''), {follow: false});
});

test('gates side by side share a unit of time', async () => {
    const other = new Model(inUnit(await unpackText(page.match(/class="gr-pack">([^<]*)</)[1]), .001));
    assert.equal(other.end, 3300000);
    assert.deepEqual({...other.at(600), at: 600}, model.at(600));
    assert.deepEqual(other.attempts.map(a => other.word(a.end)), model.attempts.map(a => model.word(a.end)));
    assert.equal(other.resets[0].nodeTime, 1560000);
});

test('states tested at the same time have lanes of their own', () => {
    const a = (opened, ended) => ({opened, ended});
    assert.deepEqual(lanesOf([a(0, 5), a(1, 9), a(5, 6), a(6, Infinity), a(7, 8)]), {of: [0, 1, 0, 0, 2], count: 3});
    assert.equal(lanesOf(Array.from({length: 40}, () => a(0, 9))).count, 5);
});

// Every page that there is, against what the C++ side reads out of the same tables.
for (const file of readdirSync(process.env.GATESIM_PAGES).filter(name => name.endsWith('.html')))
    test(`${file} says at 1,000 instants what the tables say`, async () => {
        const path = `${process.env.GATESIM_PAGES}/${file}`, one = new Model(await unpackText(readFileSync(path, 'utf8').match(/class="gr-pack">([^<]*)</)[1]));
        const line = ticks => {
            const at = one.at(ticks * one.unit);
            return [ticks, ...Object.values(at.queues).map(items => items.map(i => `${i.item}:${i.attempts.map(a => a + ' ').join('')}:${i.reason};`).join('')), ...Object.values(at.nodes), one.builds.filter(b => b.start <= ticks && ticks < b.end).length].join('|');
        };
        const wanted = readFileSync(path + '.instants', 'utf8').split('\n').filter(Boolean);
        assert.equal(wanted.length, 1000);
        for (const text of wanted) assert.equal(line(Number(text.split('|')[0])), text);
    });
