// The player in Chromium: what it shows, what its controls and keys do, and that nothing leaves the page.
import assert from 'node:assert/strict';
import test, {after, before} from 'node:test';

import {launch, open as openFile, serious, until} from './browser_page.mjs';

const QUICK = 'quickstart', QUEUE = 'gate/product';
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

// Opens a page, once its player is ready.
async function open(t, name, options = {}) {
    const page = await openFile(t, browser, `${process.env.GATESIM_PAGES}/${name}.html`, options);
    await until(page, () => window.gatesim?.ready);
    return page;
}
const settled = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
const time = page => page.evaluate(() => window.gatesim.player.view.t * window.gatesim.player.unit);
const now = page => page.textContent('.gr-now');
const names = page => page.$$eval('.gr-namebutton', all => all.map(one => one.textContent));
async function press(page, ...keys) {
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
}

test('begins with the first reset and explains it', async t => {
    const page = await open(t, QUICK);
    assert.equal(await time(page), 600);
    assert.match(await now(page), /api-103 fails \(job unit; .*web-104 and api-105, tested on top of it, start again.*6 builds, 26 min/);
    assert.deepEqual(await names(page), ['1. api-101', '2. web-102', '3. api-103', '4. web-104', '5. api-105']);
    assert.equal(await page.locator('.gr-item.failed').count(), 1);
    assert.equal(await page.locator('.gr-item.again').count(), 2);
    assert.equal((await page.getAttribute('.gr-stage .gr-arrow.now', 'd')).match(/V/g).length, 2, 'arrows to both');
    assert.match(await page.textContent('.gr-item:nth-child(4)'), /on top of api-101 and web-102/);
});

test('the picture has 3 hatched bars, 2 crosses, 3 arrows, 6 landed and 2 out', async t => {
    const page = await open(t, QUICK, {hash: '#at=3300&scope=queue'});
    const count = selector => page.locator(`.gr-stage ${selector}`).count();
    assert.equal(await count('.gr-bar.thrown'), 3);
    assert.equal(await count('.gr-cross'), 2);
    assert.equal((await page.$$eval('.gr-stage .gr-arrow', all => all.map(one => one.getAttribute('d').match(/V/g).length))).reduce((a, b) => a + b, 0), 3);
    assert.equal(await count('.gr-bar.landed'), 6);
    assert.equal(await count('.gr-bar.ejected'), 2);
    assert.equal(await count('text.gr-good'), 6);
    assert.equal(await count('text.gr-bad'), 2);
});

test('where nodes are few, jobs wait for them and say so', async t => {
    const page = await open(t, 'few-nodes', {hash: '#at=200'});
    assert.match(await page.textContent('.gr-item:nth-child(2)'), /unit waits for a node/);
});

test('at(t) gives order, attempts, nodes and reasons', async t => {
    const page = await open(t, QUICK);
    const at = await page.evaluate(() => window.gatesim.at(1000));
    assert.deepEqual(at.queues[QUEUE].map(i => i.change), ['api-101', 'web-102', 'api-103', 'web-104', 'api-105', 'web-106']);
    assert.deepEqual(at.queues[QUEUE].map(i => i.attempt), [0, 1, 2, 5, 6, 7]);
    assert.ok(at.queues[QUEUE].every(i => i.reason));
    assert.equal(typeof at.nodes.default, 'number');
});

test('steps from event to event, and from failure to failure', async t => {
    const page = await open(t, QUICK);
    await page.click('text=Next failure');
    await settled(page);
    assert.equal(await time(page), 1080);
    await press(page, 'ArrowRight');
    assert.equal(await time(page), 1200);
    await press(page, 'ArrowLeft', 'ArrowLeft');
    assert.equal(await time(page), 720);
    await press(page, 'N');
    assert.equal(await time(page), 600);
    await press(page, 'Home');
    assert.equal(await time(page), 0);
    await press(page, 'End');
    assert.equal(await time(page), 3300);
    assert.match(await page.textContent('.gr-queuehead'), /Nobody/);
});

test('plays, pauses, and stops at the end', async t => {
    const page = await open(t, QUICK, {hash: '#at=0'});
    await page.selectOption('select[aria-label=Speed]', {label: '5 min/s'});
    await page.keyboard.press('Escape');
    await page.click('button[title=Play]');
    await until(page, () => window.gatesim.player.view.t > 100);
    await page.click('button[title=Pause]');
    const there = await time(page);
    await page.waitForTimeout(200);
    assert.equal(await time(page), there);
    await page.evaluate(() => window.gatesim.seek(3290));
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press(' ');
    await until(page, () => window.gatesim.player.view.t === 3300 && !window.gatesim.player.view.playing);
});

test('the page keeps its height from moment to moment', async t => {
    for (const [name, width] of [[QUICK, 1280], ['two', 1280], [QUICK, 400], ['post-merge', 1280]]) {
        const page = await open(t, name, {width, hash: '#at=0'}), heights = await page.evaluate(() => window.gatesim.player.times.map(time => {
            window.gatesim.seek(time * window.gatesim.player.unit);
            return document.documentElement.scrollHeight;
        }));
        assert.equal(new Set(heights).size, 1, `${name}: ${heights}`);
    }
});

test('tests of the branch have a row and a card', async t => {
    const page = await open(t, 'post-merge', {hash: '#at=2800&scope=queue'});
    assert.match(await page.textContent('.gr-stage .gr-name.end'), /^the branch$/);
    assert.equal(await page.locator('.gr-stage .gr-bar.served').count(), 6);
    assert.match(await page.textContent('.gr-chain'), /The branch.*up to api-107, which has landed.*unit/s);
});

test('who does not want motion gets one event after the other', async t => {
    const page = await open(t, QUICK, {hash: '#at=0', reducedMotion: 'reduce'});
    await press(page, ' ');
    const seen = new Set();
    for (let i = 0; i < 14; ++i) {
        seen.add(await time(page));
        await page.waitForTimeout(100);
    }
    assert.ok([...seen].every(s => [0, 60, 120, 240].includes(s)), [...seen].join());
    assert.ok(seen.size > 1);
});

test('the scrub bar has marks for resets and can be drawn and keyed', async t => {
    const page = await open(t, QUICK), bar = page.getByRole('slider'), box = await bar.boundingBox();
    assert.equal(await bar.locator('.gr-mark').count(), 2);
    await page.mouse.move(box.x + box.width / 2, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * .75, box.y + 20, {steps: 4});
    await page.mouse.up();
    await settled(page);
    assert.ok(Math.abs(await time(page) - 2480) < 40, `${await time(page)}`);
    assert.equal(await bar.getAttribute('aria-valuenow'), String(await time(page)));
    await bar.focus();
    await press(page, 'ArrowLeft');
    assert.equal(await time(page), 2280);
    assert.match(await bar.getAttribute('aria-valuetext'), /web-106 landed/);
});

test('finds mine by change and by author, and follows it', async t => {
    const page = await open(t, QUICK);
    await press(page, '/');
    await page.keyboard.type('api-107');
    await press(page, 'Enter');
    await until(page, () => window.gatesim.player.view.t === 1500);
    assert.match(await page.textContent('.gr-panel h4'), /api-107/);
    assert.equal(await page.locator('button[aria-pressed=true]', {hasText: 'Follow'}).count(), 1);
    await page.fill('input[type=search]', 'eli');
    await press(page, 'Enter');
    assert.match(await page.textContent('.gr-panel h4'), /api-105/);
    assert.match(await page.textContent('.gr-panel'), /thrown away: 3 builds, because of api-103/);
    await page.fill('input[type=search]', 'nobody');
    await press(page, 'Enter');
    assert.match(await page.textContent('.gr-missing'), /Nobody here is called "nobody"/);
});

test('three scopes', async t => {
    const page = await open(t, QUICK);
    await page.click('text=Overview');
    await settled(page);
    assert.match(await page.textContent('.gr-panel'), /0landed.*1reset.*6builds thrown away/s);
    await page.click('.gr-queues button');
    await settled(page);
    assert.equal((await names(page)).length, 5);
    await page.click('text=3. api-103');
    await settled(page);
    assert.match(await page.textContent('.gr-panel'), /job unit fails \(in truth: a defect of its own\)/);
    await press(page, '2');
    assert.equal((await names(page)).length, 5);
});

test('zooms with buttons, keys and the wheel', async t => {
    const page = await open(t, QUICK), span = () => page.evaluate(() => window.gatesim.player.view.to - window.gatesim.player.view.from);
    await page.click('button[title="Zoom in"]');
    await press(page, '+');
    assert.equal(await span(), 825);
    await press(page, '0');
    assert.equal(await span(), 3300);
    await page.hover('.gr-stage');
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await until(page, () => window.gatesim.player.view.to - window.gatesim.player.view.from < 3300);
});

test('a moment can be mailed', async t => {
    const page = await open(t, QUICK, {hash: '#at=1100&scope=change&change=api-105&from=900&to=1900&follow=1'});
    assert.equal(await time(page), 1100);
    assert.match(await page.textContent('.gr-panel h4'), /api-105/);
    await press(page, 'ArrowRight', '2');
    await until(page, () => location.hash === '#at=1200&scope=queue&from=900&to=1900&change=api-105&follow=1');
    await page.evaluate(() => { location.hash = '#at=60'; });
    await until(page, () => window.gatesim.player.view.t === 60);
});

test('two gates side by side under one cursor', async t => {
    const page = await open(t, 'two');
    assert.equal(await page.getByRole('region', {name: /^Gate/}).count(), 2);
    await page.evaluate(() => window.gatesim.seek(3000));
    const [zuul, serial] = await page.evaluate(() => [0, 1].map(gate => window.gatesim.at(3000, gate).queues['gate/product'].map(i => i.change)));
    assert.deepEqual(zuul, ['api-105']);
    assert.deepEqual(serial.slice(0, 2), ['api-103', 'web-104']);
    const ends = await page.$$eval('.gr-axis', all => all.map(axis => axis.textContent));
    assert.equal(ends[0], ends[1], 'one axis for both');
    const [left, right] = await page.evaluate(() => window.gatesim.player.gates.map(gate => [gate.stage.x.left, gate.stage.x.right].join()));
    assert.equal(left, right);
});

test('says the moment to a screen reader, but not in each frame', async t => {
    const page = await open(t, QUICK, {hash: '#at=0'});
    await page.evaluate(() => {
        window.said = 0;
        new MutationObserver(() => ++window.said).observe(document.querySelector('[aria-live=polite]'), {childList: true, characterData: true, subtree: true});
    });
    await press(page, ' ');
    await page.waitForTimeout(2500);
    await press(page, ' ');
    await page.waitForTimeout(500);
    const said = await page.evaluate(() => window.said);
    assert.ok(said >= 1 && said <= 3, `${said} times`);
});

for (const width of [1280, 400])
    for (const colorScheme of ['light', 'dark'])
        test(`nothing serious for axe, and no horizontal scrolling: ${width}, ${colorScheme}`, async t => {
            const page = await open(t, width === 1280 ? QUICK : 'two', {width, colorScheme});
            for (const scope of ['queue', 'overview', 'change']) {
                await page.evaluate(s => window.gatesim.player.scope(s), scope);
                if (scope === 'change') await page.evaluate(() => window.gatesim.player.choose('api-105'));
                await settled(page);
                assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${scope} is too wide`);
                const below = await page.evaluate(() => document.querySelector('.gr-panel').getBoundingClientRect().top >= document.querySelector('.gr-left').getBoundingClientRect().bottom);
                assert.equal(below, width < 820, 'the panel is beside the picture where there is room, else below it');
                assert.deepEqual((await serious(page)).map(one => `${scope}: ${one}`), []);
            }
        });

test('names that are markup stay text', async t => {
    const page = await open(t, 'markup');
    for (const key of ['1', '2', '3']) await press(page, key);
    await page.evaluate(() => window.gatesim.player.choose('<img/src=x/onerror=alert(1)>'));
    await settled(page);
    assert.equal(await page.locator('#replay img, #replay i:not(.gr-key)').count(), 0);
    assert.match(await page.textContent('.gr-panel h4'), /^<img/);
    assert.match(await now(page), /<img.* fails/);
});

test('is not printed: the still pictures are', async t => {
    const page = await open(t, QUICK);
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.locator('#replay').isVisible(), false);
});

// How long drawing takes hangs on the machine, and is only printed; how much is drawn does not.
test('a week of openstack-2013: little is drawn at a time', async t => {
    const page = await open(t, 'openstack'), {median, most, all} = await page.evaluate(() => {
        const end = window.gatesim.player.end * window.gatesim.player.unit, times = [];
        for (let n = 0, x = 1; n < 200; ++n) times.push((x = x * 48271 % 2147483647) / 2147483647 * end);
        const median = window.gatesim.measure(times).sort((a, b) => a - b)[100], create = document.createElementNS;
        let made = 0, most = 0, all = 0;
        document.createElementNS = (...names) => (++made, create.apply(document, names));
        for (const seconds of times) {
            made = 0;
            window.gatesim.seek(seconds);
            most = Math.max(most, made);
            all += made;
        }
        delete document.createElementNS;
        return {median, most, all: all / times.length};
    });
    t.diagnostic(`median ${median.toFixed(1)} ms; shapes made for an instant: ${Math.round(all)}, at most ${most}`);
    // A jump draws the rows in sight, and a step of the cursor only what runs.
    assert.ok(most > 20 && most <= 250, `${most} shapes`);
});
