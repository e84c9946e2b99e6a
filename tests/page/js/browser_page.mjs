// A page in Chromium that may not go wrong: what the tests of the player and of reports share.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const require = createRequire(`${process.env.GATESIM_PAGE_MODULES}/package.json`);
const {chromium} = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const launch = () => chromium.launch({executablePath: process.env.GATESIM_CHROMIUM, args: ['--no-sandbox', '--disable-gpu',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']});

// Opens a file, and closes it when the test is done: then it has said nothing wrong and asked nobody.
export async function open(t, browser, path, {hash = '', width = 1280, ...more} = {}) {
    const context = await browser.newContext({viewport: {width, height: 900}, ...more}), page = await context.newPage();
    const troubles = [], url = `file://${path}`;
    page.on('console', message => { if (['error', 'warning'].includes(message.type())) troubles.push(message.text()); });
    page.on('pageerror', error => troubles.push(error.message));
    page.on('request', request => { if (!request.url().startsWith(url)) troubles.push(`asked for ${request.url()}`); });
    t.after(async () => {
        await context.close();
        assert.deepEqual(troubles, []);
    });
    await page.goto(url + hash);
    return page;
}

// waitForFunction would evaluate text in the page, which its policy forbids.
export async function until(page, condition, argument) {
    for (let i = 0; i < 200; ++i) {
        if (await page.evaluate(condition, argument)) return;
        await page.waitForTimeout(25);
    }
    assert.fail(`in vain waited for ${condition}`);
}

// What axe finds serious, a line each. Through the debugger: the page's policy does not hold there.
export async function serious(page) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => window.axe.run(document));
    return found.violations.filter(v => ['serious', 'critical'].includes(v.impact))
        .map(v => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].any[0]?.message ?? ''}`);
}
