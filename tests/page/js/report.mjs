// Reports in Chromium: of a run, a comparison, a sweep, a calibration, a lesson and a record, as gatesim writes them.
import assert from 'node:assert/strict';
import {readFileSync, statSync} from 'node:fs';
import test, {after, before} from 'node:test';

import {launch, open, serious, until} from './browser_page.mjs';

const pages = process.env.GATESIM_PAGES;
const all = ['quickstart', 'bootcamp-2013', 'compare', 'compare-replay', 'sweep', 'calibrate', 'side-by-side', 'no-tables', 'markup', 'lesson', 'week'];
const file = name => `${pages}/${name}/report.html`;
let browser;

before(async () => { browser = await launch(); });
after(() => browser?.close());

for (const name of all)
    for (const [width, colorScheme] of [[1280, 'light'], [400, 'dark']])
        test(`${name} at ${width}, ${colorScheme}: no serious finding, no horizontal scrolling`, async t => {
            const page = await open(t, browser, file(name), {width, colorScheme});
            if (await page.locator('#replay').count()) await until(page, () => window.gatesim?.ready);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is too wide');
            assert.deepEqual(await serious(page), []);
        });

for (const name of all)
    test(`${name} without scripts has its answer and its pictures`, async t => {
        const page = await open(t, browser, file(name), {javaScriptEnabled: false});
        assert.ok((await page.textContent('.answer')).length > 20);
        assert.ok(await page.locator('figure svg').count() > 0 || name === 'no-tables');
        for (const svg of await page.$$('figure svg')) assert.ok(await svg.$('title'), 'a picture without a title');
    });

for (const name of ['projector', 'sheet', 'teacher'])
    for (const [width, colorScheme] of [[1280, 'light'], [400, 'dark']])
        test(`the ${name} page of a lesson at ${width}, ${colorScheme}: pictures, no serious finding, no horizontal scrolling`, async t => {
            const page = await open(t, browser, `${pages}/${name}.html`, {width, colorScheme});
            assert.equal(await page.locator('figure svg:visible').count(), name === 'teacher' ? 2 : 1);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is too wide');
            assert.deepEqual(await serious(page), []);
        });

test('a lesson shows the learner beside a gate to learn from', async t => {
    const page = await open(t, browser, file('lesson'));
    assert.match(await page.textContent('.question'), /your gate do beside a gate without bad changes, on the same luck/);
    assert.match(await page.textContent('#goals'), /landings a day, yours as measured.*300 changes\/day/s);
    assert.match(await page.textContent('.answer'), /Under your gate .* Under a gate without bad changes /);
});

test('numbers are those of summary.json', async t => {
    const page = await open(t, browser, file('bootcamp-2013'));
    const text = await page.textContent('body'), {metrics} = JSON.parse(readFileSync(`${pages}/bootcamp-2013/summary.json`));
    const landed = Object.entries(metrics).find(([name]) => name === 'landed')[1].mean;
    assert.match(text, new RegExp(`\\b${landed}\\b`));
});

test('runs have a replay, two of them side by side; studies say how to get one', async t => {
    for (const [name, gates] of [['quickstart', 1], ['bootcamp-2013', 1], ['side-by-side', 2], ['lesson', 2], ['compare-replay', 2]]) {
        const page = await open(t, browser, file(name));
        await until(page, () => window.gatesim?.ready);
        assert.equal(await page.evaluate(() => window.gatesim.player.gates.length), gates);
    }
    for (const [name, line] of [['compare', /gatesim report .* --replay zuul,serial/], ['no-tables', /gatesim run/]]) {
        const page = await open(t, browser, file(name));
        assert.match(await page.textContent('#stills code'), line);
    }
});

test('a record is shown with its model: curves with training and test time, a band, and a verdict', async t => {
    for (const width of [1280, 400]) {
        const page = await open(t, browser, file('week'), {width});
        assert.match(await page.textContent('.answer'), /^The model .* in test time it is \d+\.\d\d changes off on average/);
        const chart = page.locator('#queue svg:visible');
        assert.equal(await chart.count(), 1);
        assert.deepEqual(await chart.locator('text.strong').allTextContents(), ['changes in the queue', 'training', 'test']);
        assert.equal(await chart.locator('.band').count(), 1);
        assert.equal(await chart.locator('.zone').count(), 1);
        assert.equal(await page.locator('h1 i, main b').count(), 0);
    }
});

test('names that are markup stay text', async t => {
    const page = await open(t, browser, file('markup'));
    assert.equal(await page.locator('main img').count(), 0);
    assert.match(await page.textContent('body'), /<img src=x>/);
});

test('the week of bootcamp-2013 with its replay takes at most 250 kB', () => {
    assert.ok(statSync(file('bootcamp-2013')).size <= 250_000, `${statSync(file('bootcamp-2013')).size} bytes`);
});

test('a telephone is shown the bars that the wide picture has', async t => {
    const page = await open(t, browser, file('bootcamp-2013'), {width: 400});
    const hit = await page.evaluate(() => {
        const svg = document.querySelector('#still-0-0 .at-narrow svg');
        svg.scrollIntoView();
        // What is painted, and only that, is hit: looked for pixel by pixel along the rows of the first bars.
        const box = svg.getBoundingClientRect();
        for (let y = box.top + 100; y < box.top + 300; y += 3)
            for (let x = box.left; x < box.right; ++x) {
                const href = document.elementFromPoint(x, y)?.getAttribute('href');
                if (href?.endsWith('-landed')) return href;
            }
        return null;
    });
    assert.equal(hit, '#still-0-0-w-landed');
});

test('it prints with its tables open, and shuts them again', async t => {
    const page = await open(t, browser, file('bootcamp-2013'));
    await page.evaluate(() => addEventListener('beforeprint', () => {
        window.openOnPaper = [...document.querySelectorAll('figure details')].every(one => one.open);
    }));
    assert.ok((await page.pdf({format: 'A4'})).length > 10_000);
    assert.equal(await page.evaluate(() => window.openOnPaper), true);
    assert.equal(await page.locator('figure details[open]').count(), 0);
    // What is higher than a page of paper comes in pieces, each of which fits.
    await page.emulateMedia({media: 'print'});
    await page.setViewportSize({width: 690, height: 1000});
    assert.equal(await page.locator('#still-0-0 .at-wide').isVisible(), false);
    const pieces = await page.locator('#still-0-0 .at-paper svg').all();
    assert.ok(pieces.length > 3);
    for (const piece of pieces) assert.ok((await piece.boundingBox()).height < 600);
    assert.equal(await page.locator('#rates .at-wide').isVisible(), true);
});
