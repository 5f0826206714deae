/**
 * The state behind a mutation log: `{"kind":0,"v"}` sets everything, `{"kind":1,"k":path,"v"}` one value,
 * `{"kind":2,"k":path,"v":[…],"i"?}` cuts a list at `i` and appends, `{"kind":3,"k":path}` deletes. Only what a
 * reader of conversations needs is kept, so that long sessions with large tool results stay small.
 */
import { type Fields, fieldsAt, isFields, listAt } from '../fields.ts';

/** A request with the fields of {@link kept}, and its response parts made small. */
export type ChatRequest = Record<string, unknown>;

const kept = new Set([
  'requestId',
  'timestamp',
  'message',
  'response',
  'modelState',
  'vote',
  'voteDownReason',
  'isCanceled',
  'editedFileEvents',
  'confirmation',
  'isHidden',
  'isSystemInitiated',
]);

/** Indices beyond this in a path come from a damaged file. */
const maxIndex = 100_000;

function slimMessage(value: unknown): unknown {
  return isFields(value) ? { text: value['text'] } : value;
}

function slimPart(value: unknown): unknown {
  if (!isFields(value)) return value;
  switch (value['kind']) {
    case undefined:
      return { value: value['value'] };
    case 'markdownContent':
      return { value: fieldsAt(value, 'content')['value'] };
    case 'inlineReference':
      return { kind: value['kind'], name: value['name'], inlineReference: value['inlineReference'] };
    case 'toolInvocationSerialized': {
      const specific = fieldsAt(value, 'toolSpecificData');
      return {
        kind: value['kind'],
        toolId: value['toolId'],
        isConfirmed: value['isConfirmed'],
        toolSpecificData: {
          kind: specific['kind'],
          command: specific['command'],
          commandLine: specific['commandLine'],
          terminalCommandState: specific['terminalCommandState'],
        },
      };
    }
    default:
      return { kind: value['kind'] };
  }
}

function slimField(key: string, value: unknown): unknown {
  if (key === 'message') return slimMessage(value);
  if (key === 'response') return Array.isArray(value) ? value.map(slimPart) : value;
  return value;
}

/** A request without what no one will ask for. */
export function slimRequest(request: Fields): ChatRequest {
  const slim: ChatRequest = {};
  for (const [key, value] of Object.entries(request)) if (kept.has(key)) slim[key] = slimField(key, value);
  return slim;
}

export interface ChatState {
  /** A cheap look at a line: false if it changes nothing that is kept. */
  wants(line: Buffer): boolean;
  /** False if the record has no known shape. */
  apply(record: unknown): boolean;
  /** Appends a request. */
  push(request: unknown): void;
  session(): unknown;
  requests(): readonly (ChatRequest | undefined)[];
}

export function createChatState(): ChatState {
  let session: unknown;
  let requests: (ChatRequest | undefined)[] = [];

  const asRequest = (value: unknown): ChatRequest | undefined =>
    isFields(value) ? slimRequest(value) : undefined;

  const change = (path: readonly unknown[], kind: 1 | 2 | 3, value: unknown, cut: unknown): void => {
    const [first, index, field, ...deeper] = path;
    if (first === 'sessionId' && kind === 1) session = value;
    if (first !== 'requests') return;
    if (index === undefined) {
      if (kind === 1) requests = Array.isArray(value) ? value.map(asRequest) : [];
      if (kind === 2) requests = pushed(requests, Array.isArray(value) ? value.map(asRequest) : [], cut);
      if (kind === 3) requests = [];
      return;
    }
    if (!isIndex(index)) return;
    if (field === undefined) {
      requests[index] = kind === 1 ? asRequest(value) : undefined;
      return;
    }
    const request = requests[index];
    if (request === undefined || typeof field !== 'string' || !kept.has(field)) return;
    if (deeper.length === 0) {
      if (kind === 1) request[field] = slimField(field, value);
      else if (kind === 3) delete request[field];
      else {
        const list = Array.isArray(value) ? value : [];
        const added = field === 'response' ? list.map(slimPart) : list;
        request[field] = pushed(listAt(request, field), added, cut);
      }
      return;
    }
    if (field === 'response' && deeper.length === 1 && kind === 1 && isIndex(deeper[0])) {
      const parts = [...listAt(request, field)];
      parts[deeper[0]] = slimPart(value);
      request[field] = parts;
      return;
    }
    changeDeep(request[field], deeper, kind, value, cut);
  };

  return {
    wants: (line) => {
      const start = line.toString('latin1', 0, Math.min(line.length, 160));
      const field = /^\{"kind":[123],"k":\["([^"]*)"(?:,\d+,"([^"]*)")?/.exec(start);
      if (field === null) return true;
      if (field[1] !== 'requests') return field[1] === 'sessionId';
      return field[2] === undefined || kept.has(field[2]);
    },
    apply(record) {
      if (!isFields(record)) return false;
      switch (record['kind']) {
        case 0: {
          if (!isFields(record['v'])) return false;
          session = record['v']['sessionId'];
          requests = listAt(record['v'], 'requests').map(asRequest);
          return true;
        }
        case 1:
        case 2:
        case 3: {
          if (!Array.isArray(record['k'])) return false;
          change(record['k'], record['kind'], record['v'], record['i']);
          return true;
        }
        default:
          return false;
      }
    },
    push: (request) => {
      requests.push(asRequest(request));
    },
    session: () => session,
    requests: () => requests,
  };
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < maxIndex;
}

function pushed<T>(list: readonly T[], added: readonly T[], cut: unknown): T[] {
  return [...(isIndex(cut) ? list.slice(0, cut) : list), ...added];
}

/** A change inside a kept value. Values are plain JSON of our own parsing, so they may be changed in place. */
function changeDeep(
  root: unknown,
  path: readonly unknown[],
  kind: 1 | 2 | 3,
  value: unknown,
  cut: unknown,
): void {
  let at: unknown = root;
  for (const step of path.slice(0, -1)) at = childOf(at, step);
  const last = path[path.length - 1];
  if (Array.isArray(at) && isIndex(last)) {
    if (kind === 1) at[last] = value;
    else if (kind === 2)
      at[last] = pushed(Array.isArray(at[last]) ? at[last] : [], Array.isArray(value) ? value : [], cut);
    else delete at[last];
  } else if (isFields(at) && typeof last === 'string' && last !== '__proto__') {
    const holder: Record<string, unknown> = at;
    if (kind === 1) holder[last] = value;
    else if (kind === 2) holder[last] = pushed(listAt(holder, last), Array.isArray(value) ? value : [], cut);
    else delete holder[last];
  }
}

function childOf(value: unknown, step: unknown): unknown {
  if (Array.isArray(value) && isIndex(step)) return value[step];
  if (isFields(value) && typeof step === 'string' && Object.hasOwn(value, step)) return value[step];
  return undefined;
}
