/** Whether Reverie is awake, drowsy, asleep or paused: one state that status bar, sidebar and commands share. */
import * as vscode from 'vscode';
import type { Mood } from '../core/protocol.ts';

/** Pressure (0..1 and above) from which on the status bar says drowsy. */
const drowsyAt = 0.5;

type Asleep = Extract<Mood, { state: 'asleep' }>;

export interface MoodState extends vscode.Disposable {
  readonly current: Mood;
  readonly onDidChange: vscode.Event<Mood>;
  readonly paused: boolean;
  /** Nothing of this window is noticed or told. */
  readonly privateSession: boolean;
  setPressure(pressure: number, unslept: number): void;
  /** Undefined = woke up. */
  setAsleep(asleep: Omit<Asleep, 'state'> | undefined): void;
  setPaused(paused: boolean): void;
  setPrivateSession(on: boolean): void;
}

export function createMoodState(): MoodState {
  const changed = new vscode.EventEmitter<Mood>();
  let rest = { pressure: 0, unslept: 0 };
  let asleep: Omit<Asleep, 'state'> | undefined;
  let paused = false;
  let privateSession = false;
  const derive = (): Mood => {
    if (asleep !== undefined) return { state: 'asleep', ...asleep };
    if (paused) return { state: 'paused', where: 'everywhere' };
    if (privateSession) return { state: 'paused', where: 'this-session' };
    return { state: rest.pressure >= drowsyAt ? 'drowsy' : 'awake', ...rest };
  };
  const publish = () => {
    const mood = derive();
    void vscode.commands.executeCommand('setContext', 'reverie.asleep', mood.state === 'asleep');
    void vscode.commands.executeCommand('setContext', 'reverie.paused', paused);
    changed.fire(mood);
  };
  return {
    get current() {
      return derive();
    },
    get paused() {
      return paused;
    },
    get privateSession() {
      return privateSession;
    },
    onDidChange: changed.event,
    setPressure(pressure, unslept) {
      if (pressure === rest.pressure && unslept === rest.unslept) return;
      rest = { pressure, unslept };
      publish();
    },
    setAsleep(value) {
      asleep = value;
      publish();
    },
    setPaused(value) {
      if (paused === value) return;
      paused = value;
      publish();
    },
    setPrivateSession(value) {
      if (privateSession === value) return;
      privateSession = value;
      publish();
    },
    dispose: () => changed.dispose(),
  };
}
