/** A headless Chromium of this machine, as quiet as it can be made. */
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { ensureChromium } from '../../scripts/systemPackages.mjs';

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that forgets everything when it closes. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureChromium(), headless: true, args: quiet });
}

/** A browser whose storage lives in `profile`: a web workbench keeps which extensions are enabled there. */
export function launchChromiumProfile(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(),
    headless: true,
    args: quiet,
    viewport: { width: 1360, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
}
