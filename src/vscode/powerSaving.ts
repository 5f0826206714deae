/**
 * Whether the machine saves its battery, as far as it tells: on Linux the kernel's files, on macOS `pmset`. Windows has
 * no cheap way to ask, and VS Code tells extensions nothing: there nobody knows.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A battery that runs empty below this is saved, whatever the chosen profile. Percent; where desktops begin to save. */
const lowBattery = 20;

/** `undefined` = the platform does not tell. Never rejects; costs a few small files, or one short process on macOS. */
export async function isSavingPower(
  platform: NodeJS.Platform = process.platform,
  root = '/sys',
): Promise<boolean | undefined> {
  if (platform === 'linux') return onLinux(root);
  if (platform === 'darwin') return readPmset(await pmset());
  return undefined;
}

async function onLinux(root: string): Promise<boolean | undefined> {
  const profile = await firstLine(join(root, 'firmware/acpi/platform_profile'));
  if (profile === 'low-power') return true;
  const folder = join(root, 'class/power_supply');
  const supplies = await readdir(folder).catch(() => []);
  let draining: boolean | undefined;
  for (const name of supplies) {
    const read = (file: string) => firstLine(join(folder, name, file));
    /* The battery of a mouse says nothing about the machine. */
    if ((await read('type')) !== 'Battery' || (await read('scope')) === 'Device') continue;
    const capacity = Number(await read('capacity'));
    draining ||= (await read('status')) === 'Discharging' && capacity < lowBattery;
  }
  return draining ?? (profile === undefined ? undefined : false);
}

async function firstLine(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text?.split('\n')[0]?.trim();
}

const pmset = () =>
  new Promise<string>((resolve) => {
    execFile('/usr/bin/pmset', ['-g'], { timeout: 2000 }, (error, text) => resolve(error ? '' : text));
  });

/** Low Power Mode in the answer of `pmset -g`. */
export function readPmset(text: string): boolean | undefined {
  const value = /^\s*lowpowermode\s+(\d)/m.exec(text)?.[1];
  return value === undefined ? undefined : value === '1';
}
