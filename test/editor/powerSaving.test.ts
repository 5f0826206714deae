import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { isSavingPower, readPmset } from '../../src/vscode/powerSaving.ts';

/** A machine as the Linux kernel shows it. */
async function machine(files: Readonly<Record<string, string>>): Promise<boolean | undefined> {
  const root = mkdtempSync(join(tmpdir(), 'reverie-sys-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), `${text}\n`);
    }
    return await isSavingPower('linux', root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const battery = (status: string, capacity: number, more: Readonly<Record<string, string>> = {}) => ({
  'class/power_supply/BAT0/type': 'Battery',
  'class/power_supply/BAT0/status': status,
  'class/power_supply/BAT0/capacity': String(capacity),
  ...more,
});

test('Linux tells by its power profile, and by a battery that runs low', async () => {
  assert.equal(await machine({ 'firmware/acpi/platform_profile': 'low-power' }), true);
  assert.equal(await machine({ 'firmware/acpi/platform_profile': 'balanced' }), false);
  assert.equal(await machine(battery('Discharging', 12)), true);
  assert.equal(await machine(battery('Discharging', 80)), false);
  assert.equal(await machine(battery('Charging', 12)), false);
  assert.equal(
    await machine(battery('Discharging', 80, { 'firmware/acpi/platform_profile': 'low-power' })),
    true,
  );
});

test('what does not tell is not taken for an answer', async () => {
  assert.equal(await machine({}), undefined);
  assert.equal(await machine({ 'class/power_supply/AC/type': 'Mains' }), undefined);
  const mouse = battery('Discharging', 3, { 'class/power_supply/BAT0/scope': 'Device' });
  assert.equal(await machine(mouse), undefined, 'the battery of a mouse');
  assert.equal(await isSavingPower('win32'), undefined);
});

test('macOS tells in what pmset answers', () => {
  assert.equal(readPmset('Currently in use:\n standby              1\n lowpowermode         1\n'), true);
  assert.equal(readPmset(' lowpowermode         0\n'), false);
  assert.equal(readPmset(' standby 1\n'), undefined);
  assert.equal(readPmset(''), undefined);
});
